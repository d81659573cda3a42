// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "note/policy.hpp"
#include "note/witness.hpp"

/// A witness: it remembers the last head of each log that it saw, and cosigns what grew from it.
namespace octroi::gate {

/// Whether a witness begins, or goes on from what it remembers.
enum class Memory { known, fresh };

/// Heads in a folder, each log's in a file of its own that is named by the SHA-256 of the log's
/// origin and holds the head as a checkpoint's text. One process at a time changes it.
class FolderHeadStore final : public note::HeadStore {
 public:
  /// A memory that is `known` must be there, for a witness that forgot cosigns a fork; a `fresh`
  /// one must not, and its folder is made (mode 0700). Throws Error(bad_input) when it is
  /// otherwise.
  FolderHeadStore(std::filesystem::path folder, Memory memory);

  [[nodiscard]] std::optional<merkle::TreeHead> last(const std::string& origin) override;
  [[nodiscard]] bool replace(const std::string& origin, const std::optional<merkle::TreeHead>& from,
                             const merkle::TreeHead& to) override;

 private:
  [[nodiscard]] std::filesystem::path path_of(const std::string& origin) const;

  std::filesystem::path folder_;
};

/// Answers the body of a tlog-witness add-checkpoint request: 200 with the cosignature, or why not.
/// `logs` is a policy file whose logs the witness watches.
[[nodiscard]] note::WitnessAnswer cosign(std::string_view request, const note::Policy& logs,
                                         const std::string& witness_name,
                                         const crypto::SecretKey& witness_key,
                                         note::HeadStore& heads, const Context& context);

/// {"status": 200, "content_type": …, "body": …}
[[nodiscard]] json::Value to_json(const note::WitnessAnswer& answer);

}  // namespace octroi::gate
