// SPDX-License-Identifier: Apache-2.0
// Loaded before the C library (LD_PRELOAD): counts the calls that make files durable, and lets one
// of them go wrong. Standard streams are left alone.
//   OCTROI_FAULT_AT=N      the N-th call goes wrong, from 1; 0 or nothing: none
//   OCTROI_FAULT_KIND=     fail: that call alone fails; full: that one and all later ones;
//                          cut: half of it is written, then the process is killed;
//                          kill: the process is killed before it
//   OCTROI_FAULT_COUNT=FILE  where the number of calls is written when the process ends
//   OCTROI_FAULT_QUICK_KEYS=1  a passphrase is stretched with little memory, so that an act on a
//                          key's file takes no second; such keys open only where this is set
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> calls{0};

enum class Fault { none, fail, cut };

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

/// What becomes of the next call.
Fault next(int file) {
  if (file <= STDERR_FILENO) return Fault::none;
  static const char* const number = std::getenv("OCTROI_FAULT_AT");
  static const char* const kind = std::getenv("OCTROI_FAULT_KIND");
  static const long at = number == nullptr ? 0 : std::atol(number);
  const long call = ++calls;
  if (at == 0 || kind == nullptr || call < at) return Fault::none;
  if (std::strcmp(kind, "full") == 0) return Fault::fail;
  if (call > at) return Fault::none;
  if (std::strcmp(kind, "kill") == 0) die();
  return std::strcmp(kind, "cut") == 0 ? Fault::cut : Fault::fail;
}

template <typename Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

using Pwrite = ssize_t (*)(int, const void*, size_t, off_t);
using Write = ssize_t (*)(int, const void*, size_t);
using Sync = int (*)(int);
using PassphraseHash = int (*)(unsigned char*, unsigned long long, const char*, unsigned long long,
                               const unsigned char*, unsigned long long, size_t, int);

ssize_t faulty_pwrite(const char* name, int file, const void* data, size_t size, off_t offset) {
  const Fault fault = next(file);
  if (fault == Fault::fail) {
    errno = ENOSPC;
    return -1;
  }
  if (fault == Fault::cut) {
    real<Pwrite>(name)(file, data, size / 2, offset);
    die();
  }
  return real<Pwrite>(name)(file, data, size, offset);
}

int faulty_sync(const char* name, int file) {
  const Fault fault = next(file);
  if (fault == Fault::fail) {
    errno = EIO;
    return -1;
  }
  if (fault == Fault::cut) die();
  return real<Sync>(name)(file);
}

__attribute__((destructor)) void report() {
  const char* const path = std::getenv("OCTROI_FAULT_COUNT");
  if (path == nullptr) return;
  std::FILE* const file = std::fopen(path, "w");
  if (file == nullptr) return;
  std::fprintf(file, "%ld\n", calls.load());
  std::fclose(file);
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* data, size_t size) {
  const Fault fault = next(file);
  if (fault == Fault::fail) {
    errno = ENOSPC;
    return -1;
  }
  if (fault == Fault::cut) {
    real<Write>("write")(file, data, size / 2);
    die();
  }
  return real<Write>("write")(file, data, size);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
  return faulty_pwrite("pwrite", file, data, size, offset);
}

ssize_t pwrite64(int file, const void* data, size_t size, off_t offset) {
  return faulty_pwrite("pwrite64", file, data, size, offset);
}

int fsync(int file) {
  return faulty_sync("fsync", file);
}

int fdatasync(int file) {
  return faulty_sync("fdatasync", file);
}

/// libsodium's, whose keys in the tests that do not need much memory stay as they are.
int crypto_pwhash(unsigned char* key, unsigned long long size, const char* passphrase,
                  unsigned long long passphrase_size, const unsigned char* salt,
                  unsigned long long passes, size_t memory, int algorithm) {
  constexpr size_t k_little = 1 << 20;
  if (std::getenv("OCTROI_FAULT_QUICK_KEYS") != nullptr && memory > k_little) {
    passes = 1;
    memory = k_little;
  }
  return real<PassphraseHash>("crypto_pwhash")(key, size, passphrase, passphrase_size, salt, passes,
                                               memory, algorithm);
}
}
