// SPDX-License-Identifier: Apache-2.0
#include "gate/packing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/error.hpp"
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

constexpr std::array<std::string_view, 4> k_public_kinds = {"dataset", "provider", "hierarchy",
                                                            "rulebook"};

/// {0}: the log's origin, {1}: its size, {2}: hex SHA-256 of its last event.
constexpr std::string_view k_page = R"page(The log of {0}, {1} events.

What is here

  log/checkpoint    size and root of the log, signed (C2SP tlog-checkpoint)
  log/tile/entries/ the events, 256 a file, each behind its length (two bytes,
                    higher first)
  log/tile/         the hashes of the tree over them (C2SP tlog-tiles)
  trust.json        the board's seals and log keys, and when each signs
  status/N.paseto   the last status list: which tokens are revoked or suspended
  documents/        rulebooks, datasets, providers and hierarchies of diseases,
                    each with its salt; requests, decisions and tokens are no
                    part of a pack

What to take from elsewhere

  Whoever made this pack could have made all of it, trust.json too. Compare the
  keys in trust.json, and the checkpoint, with what the board published or
  handed to you earlier, or with what a witness cosigned. Two checkpoints of
  one size with different roots are proof of a fork.

With octroi, in the folder where the pack was unpacked

  octroi audit . --trust TRUST --against CHECKPOINT
      checks every signature, role and transition, the tree, its tiles, the
      checkpoint, every document, and that each status list is the last one and
      says what the log makes of its tokens. TRUST is the board's trust file
      from elsewhere, or trust.json once you compared its keys; CHECKPOINT is
      one that you kept, and may be left out. What was not checked is named
  octroi audit TOKEN --trust TRUST --proof FILE --status status/1.paseto
      checks one token that you hold, with its proof: the board makes it with
      'octroi prove'

Without octroi, in the same folder

  These lines need a shell, sed, base64, sha256sum, xxd and openssl 3. What
  they make is put elsewhere, so that the pack stays as it is:
      work=$(mktemp -d)

  The checkpoint: a signed note. The signed text is all up to its first empty
  line, without that line. The line that begins with a dash and the log's name
  holds, in base64, four bytes of key hash and the Ed25519 signature. A vkey of
  trust.json is NAME+HASH+KEY; KEY holds, in base64, the byte 1 and the public
  key.
      sed '/^$/,$d' log/checkpoint >"$work/text"
      name=$(head -n 1 log/checkpoint)
      grep "^[^ ]* $name " log/checkpoint | head -n 1 |
        cut -d' ' -f3 | base64 -d | tail -c 64 >"$work/signature"
      (printf '\060\052\060\005\006\003\053\145\160\003\041\000'
       sed -n 's/.*"vkey": "[^+"]*+[^+"]*+\([^"]*\)".*/\1/p' trust.json |
         tail -n 1 | base64 -d | tail -c 32) >"$work/key.der"
      openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key.der" \
        -rawin -in "$work/text" -sigfile "$work/signature"
  Go's golang.org/x/mod/sumdb/note opens it with the vkey. Below its name and
  size stands the root, in base64.

  An event: a PASETO v4.public token (any PASETO library verifies it). Its
  payload names the act, its signer (iss), its time, its position (seq), and
  prev, the SHA-256 of the text of the event before it. Event 0 founds the
  board and gives the keys of its members; member.added, member.rekeyed and
  member.retired change them. All events, one a line, and the SHA-256 of each
  (a log of more than 256 000 events has more folders):
      cat log/tile/entries/[0-9]?? log/tile/entries/*.p/* 2>/dev/null |
        grep -ao 'v4\.public\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]\{{82\}}' \
        >"$work/events"
      while read -r event; do
        printf %s "$event" | sha256sum | cut -d' ' -f1
      done <"$work/events" >"$work/digests"
      tail -n 1 "$work/digests"
  Their payloads, one a line, here the last:
      while IFS=. read -r version purpose body footer; do
        case $((${{#body}} % 4)) in 2) body=$body==;; 3) body=$body=;; esac
        printf %s "$body" | tr '_-' '/+' | base64 -d | head -c -64
        echo
      done <"$work/events" >"$work/payloads"
      tail -n 1 "$work/payloads"
  That each names the one before it:
      sed '1d; s/.*"prev":"\([0-9a-f]*\)".*/\1/' "$work/payloads" >"$work/said"
      sed '$d' "$work/digests" | cmp - "$work/said" && echo one chain

  The tree: RFC 6962 with SHA-256. A leaf is SHA-256(0x00, event), a node is
  SHA-256(0x01, left, right). The hashes of the first 256 events are the first
  file of log/tile/0, 32 bytes each; here the first one, twice:
      (printf '\000'; head -n 1 "$work/events" | tr -d '\n') | sha256sum
      cat log/tile/0/000 log/tile/0/000.p/* 2>/dev/null | head -c 32 |
        xxd -p -c 32
  Go's golang.org/x/mod/sumdb/tlog computes the root of all events; it must be
  that of the checkpoint.

  A document: its name is SHA-256("octroi/document/1", 0x00, salt, bytes), in
  hexadecimal, and an event names it. The file .salt of that name holds the
  salt in hexadecimal. This says nothing when all are good:
      for file in documents/*.json; do
        name=$(basename "$file" .json)
        digest=$( (printf 'octroi/document/1\000'
          xxd -r -p "documents/$name.salt"; cat "$file") | sha256sum)
        test "${{digest%% *}}" = "$name" || echo "$file: other bytes"
        grep -q "$name" "$work/payloads" || echo "$file: no event names it"
      done

  A status list: a PASETO v4.public token by a seal of trust.json, whose
  status_list is an IETF Token Status List (bits 2: 0 valid, 1 revoked,
  2 suspended) at the index that a token names. The last event status.published
  of its number has the SHA-256 of its text, without the line feed. This says
  nothing when all are good:
      for file in status/*.paseto; do
        test -e "$file" || continue
        number=$(basename "$file" .paseto)
        digest=$(tr -d '\n' <"$file" | sha256sum)
        grep '"status\.published"' "$work/payloads" |
          grep "\"list\":$number[,}}]" | tail -n 1 |
          grep -q "${{digest%% *}}" || echo "$file: not the last list"
      done

  What was put elsewhere is no longer needed:
      rm -r "$work"

The last event has the SHA-256
{2}.
)page";

class Packer {
 public:
  Packer(Database& database, const std::function<void(std::string_view)>& write)
      : database_(database), write_(write), head_(registry::read_head(database)) {}

  AuditPack run() {
    const LogCheckpoint last = last_checkpoint(database_);
    if (last.size != head_.size) {
      throw Error(ErrorCode::not_yet,
                  fmt::format("the last checkpoint is of {} events and the log has {}, so that a "
                              "pack would be behind what the board knows; sign the head first with "
                              "'octroi checkpoint'",
                              last.size, head_.size));
    }
    pack_.origin = last.origin;
    pack_.log_size = last.size;
    const std::string last_event = registry::event_text(database_, last.size - 1);
    add("README.txt", fmt::format(fmt::runtime(k_page), last.origin, last.size,
                                  crypto::sha256(last_event).hex()));
    add("trust.json", json::pretty(export_trust(database_)));
    visit_log_files(database_, {},
                    [this](const std::string& path, const std::string& bytes, std::int64_t) {
                      add("log/" + path, bytes);
                    });
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
    registry::visit_documents(database_, [this](const Digest& digest, const std::string& kind,
                                                ByteView salt, const std::string& bytes) {
      const bool is_public =
          std::find(k_public_kinds.begin(), k_public_kinds.end(), kind) != k_public_kinds.end();
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
