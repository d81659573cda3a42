// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "support/refusal.hpp"
#include "support/secret.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::crypto {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::content_of;
using test::k_cheap;
using test::key_of;
using test::mode_of;
using test::refusal;
using test::secret;
using test::set_mode;
using test::TemporaryFolder;
using Names = std::vector<std::string>;

const std::string k_passphrase = "open sesame";

void create(const fs::path& folder, const std::string& name, const std::string& word) {
  create_key_files(folder, name, key_of(word), secret(k_passphrase), k_cheap);
}

std::string refused_to_create(const fs::path& folder, const std::string& name,
                              const std::string& passphrase = k_passphrase) {
  return refusal(ErrorCode::bad_input, [&] {
    create_key_files(folder, name, key_of("other"), secret(passphrase), k_cheap);
  });
}

std::string refused_to_open(const fs::path& folder, const std::string& name,
                            const std::string& passphrase = k_passphrase) {
  return refusal(ErrorCode::bad_input, [&] { (void)open_key(folder, name, secret(passphrase)); });
}

std::string refused_public(const fs::path& path) {
  return refusal(ErrorCode::bad_input, [&] { (void)read_public_key_file(path); });
}

std::string secret_text_of(const SecretKey& key) {
  const SecretBytes text = secret_paserk(key);
  return std::string(as_text(text.reveal()));
}

}  // namespace

TEST_CASE("a key is two files, and opens again") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  CHECK(folder.names() == Names{"alice.k4.public", "alice.k4.secret-pw"});
  CHECK(mode_of(folder / "alice.k4.secret-pw") == 0600);
  CHECK((mode_of(folder / "alice.k4.public") & 0022U) == 0);
  const PublicKey key = key_of("alice").public_key();
  CHECK(content_of(folder / "alice.k4.public") == key.paserk() + "\n");
  const std::string text = content_of(folder / "alice.k4.secret-pw");
  CHECK(text.starts_with("k4.secret-pw."));
  CHECK(text.find('\n') == text.size() - 1);
  CHECK(open_key(folder.path(), "alice", secret(k_passphrase)).public_key() == key);
  CHECK(read_public_key(folder.path(), "alice") == key);
  CHECK(read_public_key_file(folder / "alice.k4.public") == key);
}

TEST_CASE("folders that are missing are made for their owner alone") {
  const TemporaryFolder folder;
  create(folder / "a" / "b", "alice", "alice");
  CHECK(mode_of(folder / "a") == 0700);
  CHECK(mode_of(folder / "a" / "b") == 0700);
  create(folder / "c" / "", "alice", "alice");
  CHECK(folder.names() == Names{"a", "c"});
  CHECK(key_names(folder / "c") == Names{"alice"});
}

TEST_CASE("a folder that is there keeps its mode") {
  const TemporaryFolder folder;
  set_mode(folder.path(), 0755);
  create(folder.path(), "alice", "alice");
  CHECK(mode_of(folder.path()) == 0755);
}

TEST_CASE("a key is never overwritten") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  const std::string before = content_of(folder / "alice.k4.secret-pw");
  CHECK(contains(refused_to_create(folder.path(), "alice"), "exists already"));
  CHECK(content_of(folder / "alice.k4.secret-pw") == before);
  CHECK(read_public_key(folder.path(), "alice") == key_of("alice").public_key());
  CHECK(folder.names().size() == 2);
}

TEST_CASE("one of the two files is enough to refuse, and nothing is added to it") {
  const TemporaryFolder folder;
  test::write(folder / "bob.k4.public", "precious\n");
  CHECK(contains(refused_to_create(folder.path(), "bob"), "exists already"));
  CHECK(folder.names() == Names{"bob.k4.public"});
  CHECK(content_of(folder / "bob.k4.public") == "precious\n");
  fs::remove(folder / "bob.k4.public");
  test::write(folder / "bob.k4.secret-pw", "precious\n");
  CHECK(contains(refused_to_create(folder.path(), "bob"), "exists already"));
  CHECK(folder.names() == Names{"bob.k4.secret-pw"});
  CHECK(content_of(folder / "bob.k4.secret-pw") == "precious\n");
}

TEST_CASE("a folder that was made for a key that could not be is taken away again") {
  const TemporaryFolder folder;
  test::write(folder / "file", "in the way");
  (void)refusal(ErrorCode::could_not, [&] {
    create_key_files(folder / "file" / "a", "alice", key_of("alice"), secret(k_passphrase),
                     k_cheap);
  });
  // 255 bytes is the longest name of a file; a folder's may be as long, but not one longer.
  (void)refusal(ErrorCode::could_not, [&] {
    create_key_files(folder / "a" / std::string(256, 'b'), "alice", key_of("alice"),
                     secret(k_passphrase), k_cheap);
  });
  CHECK(folder.names() == Names{"file"});
}

TEST_CASE("a passphrase for a new key has at least eight characters") {
  const TemporaryFolder folder;
  static_assert(k_passphrase_characters_min == 8);
  for (const char* passphrase : {"", "1234567", "éèàçùôî"}) {  // characters count, not bytes
    INFO(passphrase);
    CHECK(contains(refused_to_create(folder / "new", "alice", passphrase), "at least 8"));
  }
  CHECK(
      contains(refused_to_create(folder / "new", "alice", std::string(1025, 'x')), "at most 1024"));
  CHECK(folder.names().empty());
  create_key_files(folder.path(), "a", key_of("a"), secret("12345678"), k_cheap);
  create_key_files(folder.path(), "b", key_of("b"), secret("éèàçùôîï"), k_cheap);
  create_key_files(folder.path(), "c", key_of("c"), secret(std::string(1024, 'x')), k_cheap);
  CHECK(key_names(folder.path()) == Names{"a", "b", "c"});
}

TEST_CASE("the wrong passphrase opens nothing, and is not repeated") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  const std::string said = refused_to_open(folder.path(), "alice", "open barley");
  CHECK(contains(said, "wrong passphrase"));
  CHECK(contains(said, "alice.k4.secret-pw"));
  CHECK_FALSE(contains(said, "barley"));
}

TEST_CASE("a key file that group or others can read or write is refused, with the remedy") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  const fs::path path = folder / "alice.k4.secret-pw";
  for (const unsigned extra : {0040U, 0020U, 0004U, 0002U, 0044U}) {
    INFO(extra);
    set_mode(path, 0600 | extra);
    CHECK(contains(refused_to_open(folder.path(), "alice"), "chmod 600 " + path.string()));
  }
  set_mode(path, 0600);
  CHECK(open_key(folder.path(), "alice", secret(k_passphrase)).public_key() ==
        key_of("alice").public_key());
}

TEST_CASE("a key file that is something else is refused without a byte of it") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  const std::string good = content_of(folder / "alice.k4.secret-pw");
  const std::string line = good.substr(0, good.size() - 1);
  const fs::path path = folder / "x.k4.secret-pw";
  const std::array<std::pair<const char*, std::string>, 8> corruptions = {{
      {"empty", ""},
      {"a line feed", "\n"},
      {"an unwrapped secret key", secret_text_of(key_of("alice")) + "\n"},
      {"a public key", key_of("alice").public_key().paserk() + "\n"},
      {"two line feeds", line + "\n\n"},
      {"two keys", good + good},
      {"a carriage return", line + "\r\n"},
      {"a comment first", "# alice\n" + good},
  }};
  for (const auto& [name, content] : corruptions) {
    INFO(name);
    test::write(path, content);
    set_mode(path, 0600);
    const std::string said = refused_to_open(folder.path(), "x");
    CHECK(contains(said, "no k4.secret-pw key file"));
    CHECK((content.size() < 20 || !contains(said, content.substr(content.size() - 12, 8))));
  }
  test::write(path, std::string(limits::k_key_file_bytes_max + 1, 'A'));
  CHECK(contains(refused_to_open(folder.path(), "x"), "1024 bytes"));
}

TEST_CASE("a key file that asks for too much work is refused") {
  const TemporaryFolder folder;
  create(folder.path(), "alice", "alice");
  std::string text = content_of(folder / "alice.k4.secret-pw");
  text[13 + 22] = '_';  // in the memory's first bytes
  test::write(folder / "x.k4.secret-pw", text);
  set_mode(folder / "x.k4.secret-pw", 0600);
  CHECK(contains(refused_to_open(folder.path(), "x"), "more memory or time"));
}

TEST_CASE("a key that is not there is bad input, named") {
  const TemporaryFolder folder;
  CHECK(contains(refused_to_open(folder.path(), "nobody"), "nobody.k4.secret-pw"));
  CHECK(contains(refused_to_open(folder / "missing", "nobody"), "no such file"));
  CHECK(contains(refused_public(folder / "nobody.k4.public"), "no such file"));
}

TEST_CASE("a public key file holds one key, strong, and is not repeated in an error") {
  const TemporaryFolder folder;
  const fs::path path = folder / "file";
  const std::string text = key_of("alice").public_key().paserk();
  test::write(path, text);
  CHECK(read_public_key_file(path) == key_of("alice").public_key());  // the line feed forgotten
  const std::array<std::pair<const char*, std::string>, 8> corruptions = {{
      {"empty", ""},
      {"two lines", text + "\n" + text + "\n"},
      {"an empty line after", text + "\n\n"},
      {"a carriage return", text + "\r\n"},
      {"a weak key", "k4.public.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"},
      {"the key's name", key_of("alice").public_key().id().text + "\n"},
      {"a secret key, by mistake", secret_text_of(key_of("alice")) + "\n"},
      {"a secret key without its header", secret_text_of(key_of("alice")).substr(10) + "\n"},
  }};
  for (const auto& [name, content] : corruptions) {
    INFO(name);
    test::write(path, content);
    const std::string said = refused_public(path);
    CHECK(contains(said, "expected one line k4.public"));
    CHECK((content.size() < 20 || !contains(said, content.substr(content.size() - 12, 8))));
  }
}

TEST_CASE("no error text holds any part of the secret") {
  const TemporaryFolder folder;
  const std::string text = secret_text_of(key_of("alice")).substr(10);
  const std::string hex = to_hex(key_of("alice").reveal().reveal());
  test::write(folder / "x.k4.public", "k4.secret." + text);
  test::write(folder / "x.k4.secret-pw", "k4.secret." + text);
  set_mode(folder / "x.k4.secret-pw", 0600);
  std::string said = refused_public(folder / "x.k4.public");
  said += refused_to_open(folder.path(), "x");
  said += refused_to_create(folder.path(), "x");
  for (std::size_t i = 0; i + 6 <= text.size(); ++i) CHECK_FALSE(contains(said, text.substr(i, 6)));
  for (std::size_t i = 0; i + 8 <= hex.size(); ++i) CHECK_FALSE(contains(said, hex.substr(i, 8)));
}

TEST_CASE("names of keys are names of files and nothing more") {
  const std::array<std::string, 6> accepted = {"a", "alice", "Alice-2.old_key",
                                               "0", "_",     std::string(64, 'x')};
  for (const std::string& name : accepted) {
    INFO(name);
    CHECK(is_key_name(name));
  }
  const std::array<std::string, 14> refused = {
      "",    ".",   "..",  ".hidden", "-x",      "a/b", "/a",
      "a b", "a\n", "a\\", "é",       "\x1b[2J", "a*b", std::string(65, 'x')};
  const TemporaryFolder folder;
  for (const std::string& name : refused) {
    INFO(name);
    CHECK_FALSE(is_key_name(name));
    CHECK_FALSE(contains(refused_to_create(folder / "keys", name), "\x1b"));
    (void)refused_to_open(folder.path(), name);
    (void)refusal(ErrorCode::bad_input, [&] { (void)read_public_key(folder.path(), name); });
  }
  CHECK_FALSE(is_key_name(std::string_view("a\0", 2)));
  CHECK(folder.names().empty());
}

TEST_CASE("the keys of a folder, sorted; none where there is no folder") {
  const TemporaryFolder folder;
  CHECK(key_names(folder / "missing").empty());
  CHECK(key_names(folder.path()).empty());
  create(folder.path(), "bob", "bob");
  create(folder.path(), "alice", "alice");
  test::write(folder / ".k4.public", "");
  test::write(folder / "notes.txt", "");
  test::write(folder / "two words.k4.public", "");
  CHECK(key_names(folder.path()) == Names{"alice", "bob"});
  (void)refusal(ErrorCode::could_not, [&] { (void)key_names(folder / "notes.txt"); });
}

TEST_CASE("a passphrase file gives its content less one line feed") {
  const TemporaryFolder folder;
  const fs::path path = folder / "passphrase";
  const auto read = [&](const std::string& content) {
    test::write(path, content);
    set_mode(path, 0600);
    const SecretBytes passphrase = read_passphrase_file(path);
    return std::string(as_text(passphrase.reveal()));
  };
  CHECK(read("open sesame") == "open sesame");
  CHECK(read("open sesame\n") == "open sesame");
  CHECK(read("open sesame\n\n") == "open sesame\n");
  CHECK(read(" open sesame \r\n") == " open sesame \r");
  CHECK(read(std::string("a\0b\xff\n", 5)) == std::string("a\0b\xff", 4));
  CHECK(read(std::string(1024, 'x')).size() == 1024);
  CHECK(read(std::string(1024, 'x') + "\n").size() == 1024);
}

TEST_CASE("a passphrase file that is empty, too long, missing or open to others is refused") {
  const TemporaryFolder folder;
  const fs::path path = folder / "passphrase";
  const auto refused = [&](const std::string& content, unsigned mode) {
    test::write(path, content);
    set_mode(path, mode);
    return refusal(ErrorCode::bad_input, [&] { (void)read_passphrase_file(path); });
  };
  CHECK(contains(refused("", 0600), "empty"));
  CHECK(contains(refused("\n", 0600), "empty"));
  CHECK(contains(refused(std::string(1025, 'x'), 0600), "at most 1024 bytes"));
  CHECK(contains(refused(std::string(1025, 'x') + "\n", 0600), "bytes"));
  CHECK(contains(refused(std::string(5000, 'x'), 0600), "bytes"));
  const std::string said = refused("open sesame", 0640);
  CHECK(contains(said, "chmod 600 " + path.string()));
  CHECK_FALSE(contains(said, "sesame"));
  (void)refusal(ErrorCode::bad_input, [&] { (void)read_passphrase_file(folder / "missing"); });
}

}  // namespace octroi::crypto
