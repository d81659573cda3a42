// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "base/in_order.hpp"
#include "base/parallel.hpp"

namespace octroi {

/// Puts pieces together into parts for the threads. None is larger than the pace allows, or much
/// larger than it should be.
template <typename Piece, typename Result>
class InParts {
 public:
  using Part = std::vector<Piece>;

  InParts(const Pace& pace, std::function<Result(const Piece&)> work,
          std::function<bool(std::vector<Result>&&)> give)
      : pieces_max_(std::clamp<std::size_t>(pace.at_once, 1, k_pieces_max)),
        in_order_(
            pace.threads,
            [work = std::move(work)](const Part& part) {
              std::vector<Result> results;
              results.reserve(part.size());
              for (const Piece& piece : part) results.push_back(work(piece));
              return results;
            },
            std::move(give)) {}

  void add(Piece piece, std::size_t bytes) {
    part_.push_back(std::move(piece));
    bytes_ += bytes;
    if (part_.size() >= pieces_max_ || bytes_ >= k_bytes_enough) hand_out();
  }

  void finish() {
    hand_out();
    in_order_.finish();
  }

 private:
  static constexpr std::size_t k_pieces_max = 64;
  static constexpr std::size_t k_bytes_enough = 256U << 10U;

  void hand_out() {
    if (!part_.empty()) in_order_.add(std::exchange(part_, {}));
    bytes_ = 0;
  }

  std::size_t pieces_max_;
  Part part_;
  std::size_t bytes_ = 0;  ///< in that part
  InOrder<Part, std::vector<Result>> in_order_;
};

}  // namespace octroi
