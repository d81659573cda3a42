// SPDX-License-Identifier: Apache-2.0
#include "gate/packing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/tar.hpp"
#include "crypto/hash.hpp"
#include "gate/board.hpp"
#include "gate/checkpointing.hpp"
#include "gate/publishing.hpp"
#include "json/write.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

constexpr std::array<std::string_view, 3> k_public_kinds = {"dataset", "provider", "rulebook"};

/// {0}: the log's origin, {1}: its size, {2}: hex SHA-256 of its last event.
constexpr std::string_view k_page = R"(The log of {0}, {1} events.

What is here

  log/checkpoint        size and root of the log, signed (C2SP tlog-checkpoint)
  log/tile/entries/...  the events, 256 a file, each behind its length (two bytes, higher first)
  log/tile/...          the hashes of the tree over them (C2SP tlog-tiles)
  trust.json            the board's seals and log keys, and when each signs
  status/N.paseto       the last status list: which tokens are revoked or suspended
  documents/            rulebooks, datasets and providers, each with its salt

What to take from elsewhere

  Whoever made this pack could have made all of it. Compare the log key in trust.json, and the
  checkpoint, with what the board published or handed to you earlier, or with what a witness
  cosigned. Two checkpoints of one size with different roots are proof of a fork.

With octroi

  octroi audit log --trust trust.json
      checks every signature, role and transition, the tree, its tiles and the checkpoint
  octroi verify TOKEN --trust trust.json --proof FILE --status status/1.paseto --any
      checks one token that you hold, with its proof

Without octroi

  The checkpoint: a signed note. Go's golang.org/x/mod/sumdb/note opens it with the vkey of
  trust.json. Below its name and size stands the root, in base64.

  The tree: RFC 6962 with SHA-256. A leaf is SHA-256(0x00, event), a node is
  SHA-256(0x01, left, right). Go's golang.org/x/mod/sumdb/tlog computes the root of all events; it
  must be that of the checkpoint.

  An event: a PASETO v4.public token (any PASETO library). Its payload names the act, its signer
  (iss), its time, its position (seq), and prev, the SHA-256 of the text of the event before it.
  Event 0 founds the board and gives the keys of its members; member.added, member.rekeyed and
  member.retired change them.

  A document: its name is SHA-256("octroi/document/1", 0x00, salt, bytes), in hexadecimal, and an
  event names it. The file NAME.salt holds the salt in hexadecimal.
      (printf 'octroi/document/1\0'; xxd -r -p NAME.salt; cat NAME.json) | sha256sum

  A status list: a PASETO v4.public token by a seal of trust.json, whose status_list is an IETF
  Token Status List (bits 2: 0 valid, 1 revoked, 2 suspended) at the index that a token names.

The last event has the SHA-256 {2}.
)";

class Packer {
 public:
  Packer(Database& database, const std::function<void(std::string_view)>& write)
      : database_(database), write_(write), head_(registry::read_head(database)) {}

  AuditPack run() {
    const LogCheckpoint last = last_checkpoint(database_);
    pack_.origin = last.origin;
    pack_.log_size = last.size;
    const std::string last_event = registry::event_text(database_, last.size - 1);
    add("README.txt", fmt::format(fmt::runtime(k_page), last.origin, last.size,
                                  crypto::sha256(last_event).hex()));
    add("trust.json", json::pretty(export_trust(database_)));
    visit_log_files(database_, {}, [this](const std::string& path, const std::string& bytes,
                                          std::int64_t) { add("log/" + path, bytes); });
    add_status_lists();
    add_documents();
    write_(tar_end());
    return pack_;
  }

 private:
  void add(const std::string& name, std::string_view bytes) {
    write_(tar_member(name, bytes, head_.at));
    ++pack_.files;
  }

  void add_status_lists() {
    std::map<int, Digest> last;
    for (const registry::PublishedListRow& row : registry::published_lists(database_)) {
      last[row.list] = row.document;
    }
    for (const auto& [list, document] : last) {
      add(fmt::format("status/{}.paseto", list),
          registry::load_document(database_, document, registry::k_status_list_kind) + "\n");
    }
  }

  void add_documents() {
    registry::visit_documents(
        database_, [this](const Digest& digest, const std::string& kind, ByteView salt,
                          const std::string& bytes) {
          const bool is_public = std::find(k_public_kinds.begin(), k_public_kinds.end(), kind) !=
                                 k_public_kinds.end();
          if (!is_public) return;
          const std::string name = "documents/" + digest.hex();
          add(name + ".json", bytes);
          add(name + ".salt", to_hex(salt) + "\n");
        });
  }

  Database& database_;
  const std::function<void(std::string_view)>& write_;
  registry::Head head_;
  AuditPack pack_;
};

}  // namespace

json::Value to_json(const AuditPack& pack) {
  return json::object(
      {{"origin", pack.origin}, {"log_size", pack.log_size}, {"files", pack.files}});
}

AuditPack pack_audit(Database& database, const std::function<void(std::string_view)>& write) {
  registry::Transaction transaction(database, registry::Transaction::Kind::read);
  return Packer(database, write).run();
}

}  // namespace octroi::gate
