// SPDX-License-Identifier: Apache-2.0
#include "status/inflate.hpp"

#include <zlib.h>

#include <algorithm>

#include "base/error.hpp"

namespace octroi::status {
namespace {

constexpr std::size_t k_step_bytes = 16 * 1024;

/// zlib's state for reading, released in the end.
class Inflater {
 public:
  explicit Inflater(ByteView stream) {
    // zlib's type is not const, but it only reads.
    stream_.next_in = const_cast<Bytef*>(stream.data());
    stream_.avail_in = static_cast<uInt>(stream.size());
    if (inflateInit(&stream_) != Z_OK) throw Error(ErrorCode::could_not, "zlib: no memory");
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream_); }

  /// Appends at most `bytes_max` bytes; zlib's answer.
  int read(Bytes& out, std::size_t bytes_max) {
    const std::size_t before = out.size();
    out.resize(before + bytes_max);
    stream_.next_out = out.data() + before;
    stream_.avail_out = static_cast<uInt>(bytes_max);
    const int answer = ::inflate(&stream_, Z_NO_FLUSH);
    out.resize(out.size() - stream_.avail_out);
    return answer;
  }
  [[nodiscard]] bool is_all_read() const { return stream_.avail_in == 0; }

 private:
  z_stream stream_{};
};

}  // namespace

Bytes deflate(ByteView bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  Bytes stream(size);
  if (compress2(stream.data(), &size, bytes.data(), static_cast<uLong>(bytes.size()),
                Z_BEST_COMPRESSION) != Z_OK) {
    throw Error(ErrorCode::could_not, "zlib: no memory");
  }
  stream.resize(size);
  return stream;
}

std::optional<Bytes> inflate(ByteView stream, std::size_t bytes_max) {
  Inflater inflater(stream);
  Bytes bytes;
  for (;;) {
    // One byte beyond the limit tells a stream that is too long from one that just fits.
    const std::size_t room = bytes_max + 1 - bytes.size();
    const int answer = inflater.read(bytes, std::min(room, k_step_bytes));
    if (bytes.size() > bytes_max) return std::nullopt;
    if (answer == Z_STREAM_END) break;
    if (answer != Z_OK) return std::nullopt;
  }
  if (!inflater.is_all_read()) return std::nullopt;
  return bytes;
}

}  // namespace octroi::status
