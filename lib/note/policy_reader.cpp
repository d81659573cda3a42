// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "note/lines.hpp"
#include "note/policy.hpp"

namespace octroi::note {
namespace {

constexpr std::string_view k_blanks = " \t";
constexpr std::string_view k_no_quorum = "none";

using Fields = std::vector<std::string_view>;

Fields fields_of(std::string_view line) {
  Fields fields;
  while (true) {
    const std::size_t begin = line.find_first_not_of(k_blanks);
    if (begin == line.npos) return fields;
    const std::size_t end = std::min(line.find_first_of(k_blanks, begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

/// Source: C2SP tlog-policy, character set. Beyond ASCII, bytes are opaque.
bool is_policy_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace

/// Reads a policy line by line.
class PolicyReader {
 public:
  PolicyReader(std::string_view text, std::string_view source) : lines_(text), source_(source) {
    if (text.size() > k_policy_bytes_max) {
      throw Error(ErrorCode::bad_input, fmt::format("{}: expected at most {} bytes, got {}", source,
                                                    k_policy_bytes_max, text.size()));
    }
  }

  [[nodiscard]] Policy read() {
    while (!lines_.rest().empty()) {
      const std::optional<std::string_view> line = lines_.next();
      if (!line) fail("expected a line feed at its end");
      if (!std::all_of(line->begin(), line->end(), is_policy_byte)) {
        fail("expected no control character, got " + in_quotes(*line));
      }
      const Fields fields = fields_of(*line);
      if (!fields.empty() && !fields.front().starts_with('#')) read_line(fields);
    }
    if (!has_quorum_) {
      throw Error(ErrorCode::bad_input, source_ + ": expected a line \"quorum NAME\"");
    }
    return std::move(policy_);
  }

 private:
  struct Definition {
    Policy::Member member;
    bool is_used = false;  ///< as a member of a group
  };

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorCode::bad_input, source_ + ": " + lines_.fault(message).text());
  }

  void read_line(const Fields& fields) {
    const std::string_view word = fields.front();
    if (word == "log") return read_log(fields);
    if (word == "witness") return read_witness(fields);
    if (word == "group") return read_group(fields);
    if (word == "quorum") return read_quorum(fields);
    fail("expected log, witness, group or quorum, got " + in_quotes(word));
  }

  void read_log(const Fields& fields) {
    if (fields.size() < 2 || fields.size() > 3) fail("expected \"log VKEY [URL]\"");
    check_room(policy_.logs_.size(), "logs");
    const VerifierKey key = read_key(fields[1], KeyType::ed25519, "01");
    policy_.logs_.push_back({key, fields.size() > 2 ? std::string(fields[2]) : ""});
  }

  void read_witness(const Fields& fields) {
    if (fields.size() < 3 || fields.size() > 4) fail("expected \"witness NAME VKEY [URL]\"");
    check_room(policy_.witnesses_.size(), "witnesses");
    const VerifierKey key = read_key(fields[2], KeyType::cosignature_v1, "04");
    define(fields[1], {false, policy_.witnesses_.size()});
    policy_.witnesses_.push_back(
        {std::string(fields[1]), key, fields.size() > 3 ? std::string(fields[3]) : ""});
  }

  void read_group(const Fields& fields) {
    if (fields.size() < 4) fail("expected \"group NAME all|any|NUMBER MEMBER...\"");
    check_room(policy_.groups_.size(), "groups");
    Policy::Group group;
    group.name = fields[1];
    const Fields members(fields.begin() + 3, fields.end());
    for (const std::string_view name : members) group.members.push_back(use(name));
    group.threshold = read_threshold(fields[2], members.size());
    define(fields[1], {true, policy_.groups_.size()});
    policy_.groups_.push_back(std::move(group));
  }

  void read_quorum(const Fields& fields) {
    if (fields.size() != 2) fail("expected \"quorum NAME\"");
    if (has_quorum_) fail("expected one quorum, got another");
    has_quorum_ = true;
    policy_.quorum_name_ = fields[1];
    if (fields[1] != k_no_quorum) policy_.quorum_ = find(fields[1]).member;
  }

  void check_room(std::size_t count, std::string_view what) const {
    if (count < k_policy_entries_max) return;
    fail(fmt::format("expected at most {} {}", k_policy_entries_max, what));
  }

  VerifierKey read_key(std::string_view vkey, KeyType type, std::string_view type_text) {
    const std::optional<VerifierKey> key = VerifierKey::parse(vkey);
    if (!key || key->type() != type) {
      fail(fmt::format("expected a vkey NAME+ID+BASE64 of an Ed25519 key, type {}, got {}",
                       type_text, in_quotes(vkey, 120)));
    }
    for (const VerifierKey& other : keys_) {
      // One key in two roles, or two names, would count twice.
      if (other.key() == key->key())
        fail("expected another public key than that of " + other.text());
      if (other.id() == key->id() && other.name() == key->name()) {
        fail("expected another name or key id than that of " + other.text());
      }
    }
    keys_.push_back(*key);
    return *key;
  }

  std::size_t read_threshold(std::string_view text, std::size_t members) const {
    if (text == "any") return 1;
    if (text == "all") return members;
    const std::optional<std::uint64_t> number = parse_decimal(text);
    if (!number || *number < 1 || *number > members) {
      fail(fmt::format("expected all, any or a number from 1 to {}, got {}", members,
                       in_quotes(text)));
    }
    return static_cast<std::size_t>(*number);
  }

  void define(std::string_view name, const Policy::Member& member) {
    if (name == k_no_quorum) fail("expected another name than \"none\"");
    if (!names_.emplace(name, Definition{member}).second) {
      fail("expected a new name, got " + in_quotes(name) + " again");
    }
  }

  Definition& find(std::string_view name) {
    const auto known = names_.find(name);
    if (known == names_.end()) {
      fail("expected a witness or group of a line before, got " + in_quotes(name));
    }
    return known->second;
  }

  Policy::Member use(std::string_view name) {
    Definition& definition = find(name);
    if (definition.is_used) fail("expected each member in one group, got " + in_quotes(name));
    definition.is_used = true;
    return definition.member;
  }

  LineReader lines_;
  std::string source_;
  Policy policy_;
  std::vector<VerifierKey> keys_;
  std::map<std::string, Definition, std::less<>> names_;
  bool has_quorum_ = false;
};

Policy Policy::read(std::string_view text, std::string_view source) {
  return PolicyReader(text, source).read();
}

}  // namespace octroi::note
