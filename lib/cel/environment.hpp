// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cel/type.hpp"

namespace octroi::cel {

/// What an expression may name: variables, object types and their fields.
class Environment {
 public:
  using Fields = std::map<std::string, Type, std::less<>>;

  /// Declares a variable; the name may be qualified ("a.b"). A second declaration replaces the
  /// first.
  void declare_variable(std::string name, Type type);
  void declare_object(std::string name, Fields fields);
  /// The namespace in which names are looked up before they are taken as they stand.
  void set_container(std::string name);

  [[nodiscard]] const Type* find_variable(std::string_view name) const;
  [[nodiscard]] const Fields* find_object(std::string_view name) const;
  [[nodiscard]] const std::string& container() const { return container_; }
  [[nodiscard]] const std::map<std::string, Type, std::less<>>& variables() const {
    return variables_;
  }

  /// What a name may mean, best first: for `a.b` in the container `A.B` that is `A.B.a.b`, `A.a.b`
  /// and `a.b`. A name with a leading dot means only itself.
  [[nodiscard]] std::vector<std::string> candidates(std::string_view name) const;

 private:
  std::map<std::string, Type, std::less<>> variables_;
  std::map<std::string, Fields, std::less<>> objects_;
  std::string container_;
};

}  // namespace octroi::cel
