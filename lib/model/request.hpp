// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/document.hpp"

namespace octroi::model {

/// What octroi asks of a request's document beside its facts.
class Request {
 public:
  /// Borrows the document, which must outlive this.
  [[nodiscard]] static Request from(const Document& document) { return Request(document.value); }

  /// The purposes under their regimes, as tokens and `verify --purpose` write them: "snds:6",
  /// "ehds:e", "duo:DUO:0000007".
  [[nodiscard]] std::vector<std::string> purpose_codes() const;

  /// Every id and name by which the request names a person or office: users, investigator, officers
  /// and contacts. Who is among them decides nothing about it.
  [[nodiscard]] std::vector<std::string> named_persons() const;

 private:
  explicit Request(const json::Value& value) : value_(value) {}
  const json::Value& value_;
};

}  // namespace octroi::model
