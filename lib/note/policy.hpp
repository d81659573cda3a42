// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "note/verifier_key.hpp"

/// Which logs are trusted, and which witnesses must have cosigned: a tlog-policy file.
///
///     log <vkey> [<url>]
///     witness <name> <vkey> [<url>]
///     group <name> all|any|<k> <member>...
///     quorum <name>|none
///
/// Fields stand between spaces and tabs; blank lines and those that begin with '#' are passed over.
/// Source: C2SP tlog-policy (https://c2sp.org/tlog-policy).
namespace octroi::note {

constexpr std::size_t k_policy_bytes_max = 256 * 1024;
/// Of logs, of witnesses and of groups. Source: C2SP tlog-policy asks for 32 at least.
constexpr std::size_t k_policy_entries_max = 256;

/// A policy. Immutable. INVARIANT: names are defined once and before they are used, each is a
/// member of at most one group, no public key appears twice, no two keys share name and key id.
class Policy {
 public:
  struct Log {
    VerifierKey key;  ///< type ed25519; its name is the log's origin
    std::string url;  ///< may be empty
  };
  struct Witness {
    std::string name;  ///< in this file
    VerifierKey key;   ///< type cosignature_v1
    std::string url;   ///< may be empty
  };
  /// What a quorum is made of: a witness or a group, by its place in its list.
  struct Member {
    bool is_group = false;
    std::size_t place = 0;
  };
  struct Group {
    std::string name;
    std::size_t threshold = 1;  ///< 1 to the number of members
    std::vector<Member> members;
  };

  /// Reads a policy file, strictly. Beyond the specification, a key of a log must not be that of a
  /// witness, as nobody vouches for himself.
  /// Throws Error(bad_input) that names `source` (a file name, for people) and line.
  [[nodiscard]] static Policy read(std::string_view text, std::string_view source);
  /// One log, type ed25519, and no witness asked for.
  [[nodiscard]] static Policy of_log(const VerifierKey& log);

  [[nodiscard]] const std::vector<Log>& logs() const { return logs_; }
  [[nodiscard]] const std::vector<Witness>& witnesses() const { return witnesses_; }
  [[nodiscard]] const std::vector<Group>& groups() const { return groups_; }
  /// As in the file: a name, or `none`.
  [[nodiscard]] const std::string& quorum_name() const { return quorum_name_; }

  /// What it names; nothing for `none`.
  [[nodiscard]] const std::optional<Member>& quorum() const { return quorum_; }

  /// Whether the witnesses that are marked (by their place in witnesses()) are enough.
  [[nodiscard]] bool is_quorum(const std::vector<bool>& has_cosigned) const;

 private:
  friend class PolicyReader;
  Policy() = default;

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Group> groups_;  // INVARIANT: members that are groups stand before their group
  std::string quorum_name_ = "none";
  std::optional<Member> quorum_;  // nothing: none
};

}  // namespace octroi::note
