#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "index_driver.h"
#include "random_values.h"
#include "src/search/binary_rows.h"
#include "src/search/int8_rows.h"
#include "src/search/scan.h"

using namespace kinvec;

namespace {

std::vector<Hit> best_of(std::vector<Hit> hits, size_t top_k) {
  std::sort(hits.begin(), hits.end(), better);
  hits.resize(std::min(top_k, hits.size()));
  return hits;
}

/// The scores of all rows of a store with each query. [count][rows]
std::vector<std::vector<float>> scan_all(const RowStore& store, const std::vector<float>& queries,
                                         size_t count, size_t rows) {
  std::vector<float> scores(count * rows);
  AllScores sink(scores.data(), rows);
  REQUIRE(store.scan(queries.data(), count, rows, RowMask(), sink));
  std::vector<std::vector<float>> by_query;
  for (size_t q = 0; q < count; ++q) {
    const auto first = scores.begin() + static_cast<ptrdiff_t>(q * rows);
    by_query.emplace_back(first, first + static_cast<ptrdiff_t>(rows));
  }
  return by_query;
}

void fill(RowStore& store, const std::vector<float>& vectors, size_t dimensions) {
  const size_t rows = vectors.size() / dimensions;
  REQUIRE(store.reserve(rows));
  for (size_t i = 0; i < rows; ++i) store.write(i, vectors.data() + i * dimensions);
}

/// The score of an int8 row by its definition, without panels, kernels or zero points.
float int8_score(const float* row, const float* query, size_t dimensions) {
  const size_t padded = (dimensions + 15) / 16 * 16;
  std::vector<int8_t> codes(padded);
  const float scale = quantize_row_int8(row, dimensions, codes.data());
  std::vector<float> input(query, query + dimensions);
  input.resize(padded);
  std::vector<Activation> activations(padded);
  float query_scale = 0;
  int32_t zero = 0;
  quantize_row(input.data(), nullptr, padded,
               {activations.data(), padded, &query_scale, &zero, DotMode::kUnsigned}, 0);
  int64_t sum = 0;
  for (size_t i = 0; i < dimensions; ++i) sum += (int64_t{activations[i]} - zero) * codes[i];
  return static_cast<float>(sum) * scale * query_scale;
}

}  // namespace

TEST_CASE("the best of many scores are those a sort would choose, also among ties") {
  std::mt19937 random(1);
  for (const size_t capacity : {0, 1, 2, 7, 10, 100, 300}) {
    std::vector<Hit> all;
    for (uint32_t row = 0; row < 200; ++row) {
      all.push_back({row, static_cast<float>(random() % 20) - 10});
    }
    std::vector<Hit> storage(capacity);
    TopK best(storage);
    for (const Hit& hit : all) best.offer(hit.row, hit.score);
    sort_hits(best.hits());
    CHECK(same(best.hits(), best_of(all, capacity)));
  }
}

TEST_CASE("blocks of rows grow and shrink, are zero at first and stay where they are") {
  RowBlocks blocks(1000);
  CHECK(blocks.rows_per_block() == 256);
  CHECK(RowBlocks(1 << 20).rows_per_block() == 8);
  CHECK(blocks.reserve(257));
  std::byte* first = blocks.block(0);
  std::byte* second = blocks.block(1);
  CHECK(std::all_of(second, second + 256 * 1000, [](std::byte b) { return b == std::byte{0}; }));
  CHECK(blocks.reserve(5000));
  CHECK(blocks.block(0) == first);
  CHECK(blocks.block(1) == second);
  std::vector<std::pair<size_t, size_t>> visits;
  blocks.for_each(600, [&](std::byte*, size_t row, size_t n) { visits.emplace_back(row, n); });
  CHECK(visits == std::vector<std::pair<size_t, size_t>>{{0, 256}, {256, 256}, {512, 88}});
  blocks.shrink(1);
  CHECK(blocks.block(0) == first);
}

TEST_CASE("f32 scores are the dot products, for every length and batch") {
  for (const size_t dimensions : {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 100, 384, 385, 8193}) {
    const size_t rows = dimensions > 1000 ? 40 : 300;
    const auto vectors = normal_floats(rows * dimensions, 1);
    const auto queries = normal_floats(6 * dimensions, 2);
    FloatRows store(dimensions);
    fill(store, vectors, dimensions);
    const auto scores = scan_all(store, queries, 6, rows);
    double worst = 0;
    for (size_t q = 0; q < 6; ++q) {
      for (size_t row = 0; row < rows; ++row) {
        double expected = 0;
        double size = 1;
        for (size_t i = 0; i < dimensions; ++i) {
          const double product =
              double{vectors[row * dimensions + i]} * queries[q * dimensions + i];
          expected += product;
          size += std::abs(product);
        }
        worst = std::max(worst, std::abs(scores[q][row] - expected) / size);
        CHECK(scores[q][row] == store.score(row, queries.data() + q * dimensions));
      }
    }
    CAPTURE(dimensions);
    CHECK(worst < 1e-6);
  }
}

TEST_CASE("int8 scores are the products of the quantised vectors, for every length and batch") {
  for (const size_t dimensions : {1, 2, 3, 4, 5, 12, 15, 16, 17, 31, 100, 384, 385, 8192}) {
    const size_t rows = dimensions > 1000 ? 40 : 701;  // more than a block of the longer ones
    const size_t count = dimensions > 1000 ? 2 : 26;
    const auto vectors = normal_floats(rows * dimensions, 3);
    const auto queries = normal_floats(count * dimensions, 4);
    CAPTURE(dimensions);
    for (const DotMode mode : {DotMode::kUnsigned, DotMode::kSigned}) {
      Int8Rows store(dimensions, mode);
      fill(store, vectors, dimensions);
      size_t wrong = 0;
      const auto scores = scan_all(store, queries, count, rows);
      for (size_t q = 0; q < count; ++q) {
        for (size_t row = 0; row < rows; ++row) {
          wrong += scores[q][row] != int8_score(vectors.data() + row * dimensions,
                                                queries.data() + q * dimensions, dimensions);
        }
      }
      CHECK(wrong == 0);
      for (const size_t few : {1, 2, 5, 7}) {
        const auto again = scan_all(store, queries, std::min(few, count), rows);
        for (size_t q = 0; q < again.size(); ++q) CHECK(again[q] == scores[q]);
      }
    }
  }
}

TEST_CASE("int8 sums do not overflow at the longest and most extreme vectors") {
  const size_t dimensions = Int8Rows::kMaxDimensions;
  std::vector<float> vectors(2 * dimensions, 1.0F);
  std::fill(vectors.begin() + static_cast<ptrdiff_t>(dimensions), vectors.end(), -1.0F);
  for (const DotMode mode : {DotMode::kUnsigned, DotMode::kSigned}) {
    Int8Rows store(dimensions, mode);
    fill(store, vectors, dimensions);
    const auto scores = scan_all(store, vectors, 2, 2);
    const auto expected = static_cast<float>(dimensions);
    for (size_t q = 0; q < 2; ++q) {
      CHECK(scores[q][q] == doctest::Approx(expected));
      CHECK(scores[q][1 - q] == doctest::Approx(-expected));
    }
  }
}

TEST_CASE("binary scores count equal signs, for every length") {
  for (const size_t dimensions : {1, 2, 63, 64, 65, 128, 129, 384, 1000}) {
    const size_t rows = 500;
    const auto vectors = normal_floats(rows * dimensions, 5);
    const auto queries = normal_floats(2 * dimensions, 6);
    BinaryRows store(dimensions);
    fill(store, vectors, dimensions);
    const auto scores = scan_all(store, queries, 2, rows);
    CAPTURE(dimensions);
    size_t wrong = 0;
    for (size_t q = 0; q < 2; ++q) {
      for (size_t row = 0; row < rows; ++row) {
        int signs = 0;
        for (size_t i = 0; i < dimensions; ++i) {
          const bool a = vectors[row * dimensions + i] > 0;
          const bool b = queries[q * dimensions + i] > 0;
          signs += a == b ? 1 : -1;
        }
        const double expected = signs / static_cast<double>(dimensions);
        wrong += std::abs(scores[q][row] - expected) > 1e-6 ? 1 : 0;
      }
    }
    CHECK(wrong == 0);
  }
}
