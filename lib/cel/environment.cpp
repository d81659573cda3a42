// SPDX-License-Identifier: Apache-2.0
#include "cel/environment.hpp"

#include <utility>

namespace octroi::cel {

void Environment::declare_variable(std::string name, Type type) {
  variables_.insert_or_assign(std::move(name), std::move(type));
}

void Environment::declare_object(std::string name, Fields fields) {
  objects_.insert_or_assign(std::move(name), std::move(fields));
}

void Environment::set_container(std::string name) {
  container_ = std::move(name);
}

const Type* Environment::find_variable(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? nullptr : &found->second;
}

const Environment::Fields* Environment::find_object(std::string_view name) const {
  const auto found = objects_.find(name);
  return found == objects_.end() ? nullptr : &found->second;
}

std::vector<std::string> Environment::candidates(std::string_view name) const {
  if (name.starts_with('.')) return {std::string(name.substr(1))};
  std::vector<std::string> result;
  for (std::string scope = container_; !scope.empty();) {
    result.push_back(scope + "." + std::string(name));
    const std::size_t dot = scope.rfind('.');
    scope.resize(dot == std::string::npos ? 0 : dot);
  }
  result.emplace_back(name);
  return result;
}

}  // namespace octroi::cel
