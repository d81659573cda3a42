// SPDX-License-Identifier: Apache-2.0
#include "base/tar.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include "catch.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;

namespace {

const Instant k_time = parse_instant("2026-11-20T10:00:00Z").value();

std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string output;
  std::array<char, 4096> buffer;
  for (std::size_t bytes; (bytes = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    output.append(buffer.data(), bytes);
  }
  return output;
}

}  // namespace

TEST_CASE("the tar program lists and unpacks what was written") {
  const test::TemporaryFolder folder;
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  const std::string long_name = "folder/" + std::string(93, 'n');
  std::string tar;
  tar += tar_member("empty", "", k_time);
  tar += tar_member("a/b/bytes", every_byte, k_time);
  tar += tar_member("block", std::string(512, 'x'), k_time);
  tar += tar_member("more", std::string(513, 'y'), k_time);
  tar += tar_member(long_name, "z", k_time);
  tar += tar_end();
  test::write(folder / "a.tar", tar);
  const std::string at = "cd '" + folder.path().string() + "' && ";
  CHECK(output_of(at + "tar tf a.tar 2>&1") ==
        "empty\na/b/bytes\nblock\nmore\n" + long_name + "\n");
  CHECK(output_of(at + "TZ=UTC tar tvf a.tar block 2>&1").find("-rw-r--r-- 0/0") == 0);
  CHECK(output_of(at + "TZ=UTC tar tvf a.tar block").find("2026-11-20 10:00") != std::string::npos);
  CHECK(output_of(at + "tar xf a.tar 2>&1").empty());
  CHECK(test::content_of(folder / "a/b/bytes") == every_byte);
  CHECK(test::content_of(folder / "more") == std::string(513, 'y'));
  CHECK(test::content_of(folder / long_name) == "z");
  CHECK(std::filesystem::file_size(folder / "empty") == 0);
}

TEST_CASE("a name that does not fit is refused, not cut") {
  static_cast<void>(tar_member(std::string(100, 'n'), "", k_time));
  test::refusal(ErrorCode::could_not,
                [] { static_cast<void>(tar_member(std::string(101, 'n'), "", k_time)); });
  test::refusal(ErrorCode::could_not, [] { static_cast<void>(tar_member("", "", k_time)); });
}
