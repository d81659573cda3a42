// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/parallel.hpp"
#include "crypto/key.hpp"
#include "paseto/v4_public.hpp"
#include "support/secret.hpp"

/// bench_signatures TOKENS THREADS
///   The least that verifying these tokens can cost: libsodium's signature check over the bytes
///   that were signed, nothing else, on so many threads. Prints seconds.
namespace octroi::bench {
namespace {

constexpr std::size_t k_line_bytes_max = 64 * 1024;
constexpr std::size_t k_at_a_time = 16;

std::string length(std::size_t value) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}

struct Signed {
  std::string bytes;
  crypto::Signature signature;
};

std::vector<Signed> read_tokens(const std::string& path) {
  std::vector<Signed> all;
  read_lines(path, k_line_bytes_max, [&all](std::optional<std::string_view> line) {
    const auto token = paseto::parse(line.value());
    std::string bytes = length(4);
    for (const std::string_view piece :
         {std::string_view("v4.public."), std::string_view(token.value().message),
          std::string_view(token->footer), std::string_view()}) {
      bytes.append(length(piece.size())).append(piece);
    }
    all.push_back({std::move(bytes), token->signature});
    return true;
  });
  return all;
}

int run(const std::string& path, std::size_t threads) {
  crypto::initialize();
  const std::vector<Signed> all = read_tokens(path);
  const crypto::PublicKey key = test::key_of("seal").public_key();
  std::atomic<bool> is_good = true;
  const auto start = std::chrono::steady_clock::now();
  for_each_of((all.size() + k_at_a_time - 1) / k_at_a_time, threads, [&](std::size_t part) {
    const std::size_t end = std::min(all.size(), (part + 1) * k_at_a_time);
    for (std::size_t i = part * k_at_a_time; i < end; ++i) {
      if (!key.verifies(as_bytes(all[i].bytes), all[i].signature)) is_good = false;
    }
  });
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  if (!is_good) throw Error(ErrorCode::bad_input, "a signature is not good");
  std::cout << fmt::format("{:.6f}\n", passed.count());
  return 0;
}

}  // namespace
}  // namespace octroi::bench

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: bench_signatures TOKENS THREADS\n";
    return 2;
  }
  try {
    return octroi::bench::run(arguments[1], std::stoul(arguments[2]));
  } catch (const octroi::Error& error) {
    std::cerr << "bench_signatures: " << error.what() << "\n";
    return 1;
  }
}
