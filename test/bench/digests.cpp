// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "crypto/hash.hpp"
#include "crypto/key.hpp"
#include "merkle/hash.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/sqlite_database.hpp"

/// bench_digests REGISTRY THREADS
///   The least that the digests of an audit can cost: SHA-256 of every document under its salt,
///   which names it, of assessments and tokens again, whose plain digest their events name too, and
///   of every event for its own digest and for its leaf of the tree; nothing else, on so many
///   threads. Reading the registry is not in the time. Prints seconds.
namespace octroi::bench {
namespace {

constexpr std::size_t k_held_at_once = 4096;  // texts in memory
constexpr std::size_t k_at_a_time = 16;

struct Text {
  Bytes salt;  ///< of a document; none of an event
  std::string bytes;
  bool is_named_plain = false;
};

void hash(const Text& text) {
  if (text.salt.empty()) {
    static_cast<void>(crypto::sha256(text.bytes));
    static_cast<void>(merkle::leaf_hash(text.bytes));
    return;
  }
  static_cast<void>(registry::document_digest(text.salt, text.bytes));
  if (text.is_named_plain) static_cast<void>(crypto::sha256(text.bytes));
}

class Hashing {
 public:
  explicit Hashing(std::size_t threads) : threads_(threads) {}

  void add(Text text) {
    held_.push_back(std::move(text));
    if (held_.size() == k_held_at_once) hash_all();
  }
  [[nodiscard]] double seconds() {
    hash_all();
    return passed_.count();
  }

 private:
  void hash_all() {
    const auto start = std::chrono::steady_clock::now();
    for_each_of((held_.size() + k_at_a_time - 1) / k_at_a_time, threads_, [this](std::size_t part) {
      const std::size_t end = std::min(held_.size(), (part + 1) * k_at_a_time);
      for (std::size_t i = part * k_at_a_time; i < end; ++i) hash(held_[i]);
    });
    passed_ += std::chrono::steady_clock::now() - start;
    held_.clear();
  }

  std::size_t threads_;
  std::vector<Text> held_;
  std::chrono::duration<double> passed_{};
};

int run(const std::string& path, std::size_t threads) {
  crypto::initialize();
  const auto database = registry::open_sqlite(path, registry::OpenMode::read);
  registry::Transaction transaction(*database, registry::Transaction::Kind::read);
  Hashing hashing(threads);
  registry::visit_documents(
      *database, [&](const Digest&, const std::string& kind, ByteView salt, std::string bytes) {
        const bool is_named_plain = kind == "assessment" || kind == "token";
        hashing.add({Bytes(salt.begin(), salt.end()), std::move(bytes), is_named_plain});
      });
  registry::visit_events(*database, [&](std::int64_t, const std::string& text) {
    hashing.add({{}, text, false});
  });
  std::cout << fmt::format("{:.6f}\n", hashing.seconds());
  return 0;
}

}  // namespace
}  // namespace octroi::bench

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: bench_digests REGISTRY THREADS\n";
    return 2;
  }
  try {
    return octroi::bench::run(arguments[1], std::stoul(arguments[2]));
  } catch (const octroi::Error& error) {
    std::cerr << "bench_digests: " << error.what() << "\n";
    return 1;
  }
}
