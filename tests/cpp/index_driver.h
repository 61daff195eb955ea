// What tests of indexes share: making one, searching it, comparing hits.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "src/search/flat_index.h"

namespace kinvec {

inline bool same(std::span<const Hit> a, std::span<const Hit> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Hit& x, const Hit& y) {
    return x.row == y.row && x.score == y.score;
  });
}

inline FlatIndex make_index(size_t dimensions, Precision precision, bool rescore = true) {
  return FlatIndex({dimensions, precision, rescore, DotMode::kUnsigned});
}

inline std::vector<Hit> search(FlatIndex& index, const float* query, const SearchOptions& options) {
  const auto found = index.search(query, 1, options);
  REQUIRE(found);
  return {found->begin(), found->end()};
}

inline std::vector<Hit> search(FlatIndex& index, const float* query, size_t top_k,
                               size_t candidates) {
  return search(index, query, {.top_k = top_k, .candidates = candidates});
}

inline constexpr Precision kPrecisions[] = {Precision::kF32, Precision::kInt8, Precision::kBinary};

}  // namespace kinvec
