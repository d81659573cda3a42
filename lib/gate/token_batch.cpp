// SPDX-License-Identifier: Apache-2.0
#include "gate/token_batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "gate/batch_line.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/within_line.hpp"
#include "json/write.hpp"

namespace octroi::gate {
namespace {

using json::Value;

const json::Schema& batch_line_schema() {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("verify-line"), "verify-line.schema.json"),
      "verify-line.schema.json");
  return schema;
}

LineAnswer refused_line(std::size_t number, std::string_view why) {
  const Value value =
      json::object({{"line", static_cast<std::int64_t>(number)}, {"error", std::string(why)}});
  return {json::one_line(value), std::nullopt};
}

/// Both have to hold; a member that can hold one text cannot hold two that differ.
void add_one(std::optional<std::string>& use, const Value& line, std::string_view name) {
  const Value* given = line.find(name);
  if (given == nullptr) return;
  if (use && *use != given->as_string()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("line: /{}: another was stated for all lines", name));
  }
  use = given->as_string();
}

void add_all(std::vector<std::string>& use, const Value& line, std::string_view name) {
  const Value* given = line.find(name);
  if (given == nullptr) return;
  if (given->is_string()) return use.push_back(given->as_string());
  for (const Value& one : given->as_array()) use.push_back(one.as_string());
}

/// A holder alone says who asks, not what is released.
bool is_stated(const Use& use) {
  return !use.datasets.empty() || !use.purposes.empty() || use.environment || use.user;
}

Use use_of(const Value& line, const Use& all) {
  Use use = all;
  add_all(use.datasets, line, "dataset");
  add_all(use.purposes, line, "purpose");
  add_one(use.environment, line, "environment");
  add_one(use.user, line, "user");
  add_one(use.holder, line, "holder");
  use.is_for_any = all.is_for_any && !is_stated(use) && !use.holder;
  return use;
}

/// A text that needs no escape, as a member.
void append_member(std::string& line, std::string_view name, std::string_view text) {
  line.append(",\"").append(name).append("\":\"").append(text).append("\"");
}

/// The outcome in a few members, sorted: a stream is read by programs, and has a line for every
/// token. Written without a tree: but for the reason, its texts are of patterns without anything
/// that would have to be escaped.
std::string summary(std::size_t number, const Verification& verification) {
  std::string line = "{\"answer\":\"";
  line.reserve(256);
  line.append(name_of(verification.answer)).append("\"");
  const auto is_failed = [](const TokenCheck& one) { return one.outcome == CheckOutcome::failed; };
  const std::vector<TokenCheck>& checks = verification.checks;
  if (const auto failed = std::find_if(checks.begin(), checks.end(), is_failed);
      failed != checks.end()) {
    line.append(",\"because\":").append(json::one_line(failed->name + ": " + failed->detail));
  }
  const std::optional<TokenClaims>& claims = verification.claims;
  if (claims) append_member(line, "expires", format_instant(claims->expires));
  line.append(",\"line\":").append(std::to_string(number)).append(",\"not_compared\":[");
  for (const TokenCheck& check : checks) {
    if (check.outcome != CheckOutcome::skipped) continue;
    line.append(line.back() == '[' ? "\"" : ",\"").append(check.name).append("\"");
  }
  line += ']';
  if (claims) {
    append_member(line, "request", claims->request);
    append_member(line, "token", claims->id);
  }
  return line += '}';
}

}  // namespace

TokenBatch::TokenBatch(const model::Document& trust, const StatusGiven& status, const Use& use,
                       Instant now)
    : verifier_(trust, status), use_(use), now_(now) {}

LineAnswer TokenBatch::answer(std::size_t number, std::optional<std::string_view> line) const {
  if (!line) {
    return refused_line(
        number, fmt::format("expected a line of at most {} bytes", limits::k_batch_line_bytes_max));
  }
  if (line->starts_with('{')) return answer_object(number, *line);
  return answer_token(number, *line, use_, std::nullopt);
}

LineAnswer TokenBatch::answer_object(std::size_t number, std::string_view line) const {
  Value value;
  Use use;
  try {
    value = json::read(line, "line");
    json::require_valid(batch_line_schema(), value, "line");
    use = use_of(value, use_);
  } catch (const Error& error) {
    return refused_line(number, json::within_line(error.what()));
  }
  std::optional<std::string> proof;
  if (const Value* text = value.find("proof")) proof = text->as_string();
  return answer_token(number, value.at("token").as_string(), use, proof);
}

LineAnswer TokenBatch::answer_token(std::size_t number, std::string_view token, const Use& use,
                                    const std::optional<std::string>& proof) const {
  if (!is_stated(use) && !use_.is_for_any) {
    return refused_line(number,
                        "expected what is to be released: dataset, purpose, environment "
                        "or user, in the line or for all lines");
  }
  const Verification verification = verifier_.verify(token, use, now_, proof);
  return {summary(number, verification), verification.answer};
}

}  // namespace octroi::gate
