#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "random_values.h"
#include "src/search/binary_rows.h"
#include "src/search/flat_index.h"
#include "src/search/int8_rows.h"
#include "src/search/scan.h"

using namespace kinvec;

namespace {

std::vector<Hit> best_of(std::vector<Hit> hits, size_t top_k) {
  std::sort(hits.begin(), hits.end(), better);
  hits.resize(std::min(top_k, hits.size()));
  return hits;
}

bool same(std::span<const Hit> a, std::span<const Hit> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Hit& x, const Hit& y) {
    return x.row == y.row && x.score == y.score;
  });
}

std::vector<Hit> search(FlatIndex& index, const float* query, size_t top_k, size_t candidates) {
  const auto found = index.search(query, 1, top_k, candidates);
  REQUIRE(found);
  return {found->begin(), found->end()};
}

/// All rows of a store scored by a scan with each query, by row. [count][rows]
std::vector<std::vector<Hit>> scan_all(const RowStore& store, const std::vector<float>& queries,
                                       size_t count, size_t rows) {
  std::vector<std::vector<Hit>> hits(count, std::vector<Hit>(rows));
  std::vector<TopK> best;
  for (auto& list : hits) best.emplace_back(list);
  REQUIRE(store.scan(queries.data(), count, rows, best.data()));
  for (size_t q = 0; q < count; ++q) {
    CHECK(best[q].hits().size() == rows);
    std::sort(hits[q].begin(), hits[q].end(),
              [](const Hit& a, const Hit& b) { return a.row < b.row; });
  }
  return hits;
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

FlatIndex make(size_t dimensions, Precision precision, bool rescore = true) {
  return FlatIndex({dimensions, precision, rescore, DotMode::kUnsigned});
}

constexpr Precision kPrecisions[] = {Precision::kF32, Precision::kInt8, Precision::kBinary};

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

TEST_CASE("f32 scores are the dot products, for every length") {
  for (const size_t dimensions : {1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 100, 384, 385, 8193}) {
    const size_t rows = dimensions > 1000 ? 40 : 300;
    const auto vectors = normal_floats(rows * dimensions, 1);
    const auto queries = normal_floats(3 * dimensions, 2);
    FloatRows store(dimensions);
    fill(store, vectors, dimensions);
    const auto hits = scan_all(store, queries, 3, rows);
    double worst = 0;
    for (size_t q = 0; q < 3; ++q) {
      for (size_t row = 0; row < rows; ++row) {
        double expected = 0;
        double size = 1;
        for (size_t i = 0; i < dimensions; ++i) {
          const double product =
              double{vectors[row * dimensions + i]} * queries[q * dimensions + i];
          expected += product;
          size += std::abs(product);
        }
        worst = std::max(worst, std::abs(hits[q][row].score - expected) / size);
        CHECK(hits[q][row].score == store.score(row, queries.data() + q * dimensions));
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
      const auto hits = scan_all(store, queries, count, rows);
      for (size_t q = 0; q < count; ++q) {
        for (size_t row = 0; row < rows; ++row) {
          wrong += hits[q][row].score != int8_score(vectors.data() + row * dimensions,
                                                    queries.data() + q * dimensions, dimensions);
        }
      }
      CHECK(wrong == 0);
      for (const size_t few : {1, 2, 5, 7}) {
        const auto again = scan_all(store, queries, std::min(few, count), rows);
        for (size_t q = 0; q < again.size(); ++q) CHECK(same(again[q], hits[q]));
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
    const auto hits = scan_all(store, vectors, 2, 2);
    const auto expected = static_cast<float>(dimensions);
    for (size_t q = 0; q < 2; ++q) {
      CHECK(hits[q][q].score == doctest::Approx(expected));
      CHECK(hits[q][1 - q].score == doctest::Approx(-expected));
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
    const auto hits = scan_all(store, queries, 2, rows);
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
        wrong += std::abs(hits[q][row].score - expected) > 1e-6 ? 1 : 0;
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("re-scored hits have the f32 scores, and all of them when every row is a candidate") {
  const size_t dimensions = 50;
  const size_t rows = 1003;
  const auto vectors = normal_floats(rows * dimensions, 7);
  const auto query = normal_floats(dimensions, 8);
  FlatIndex exact = make(dimensions, Precision::kF32);
  REQUIRE(exact.add(vectors.data(), rows));
  const auto expected = search(exact, query.data(), 10, 10);
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make(dimensions, precision);
    REQUIRE(index.add(vectors.data(), rows));
    CHECK(same(search(index, query.data(), 10, rows), expected));
    for (const Hit& hit : search(index, query.data(), 10, 20)) {
      CHECK(hit.score == dot(vectors.data() + hit.row * dimensions, query.data(), dimensions));
    }
  }
}

TEST_CASE("many queries at once get what each gets alone, in items added one by one or together") {
  const size_t dimensions = 36;
  const size_t rows = 333;
  const auto vectors = normal_floats(rows * dimensions, 9);
  const auto queries = normal_floats(30 * dimensions, 10);
  for (const Precision precision : kPrecisions) {
    for (const bool rescore : {true, false}) {
      FlatIndex together = make(dimensions, precision, rescore);
      FlatIndex single = make(dimensions, precision, rescore);
      REQUIRE(together.add(vectors.data(), rows));
      for (size_t i = 0; i < rows; ++i) REQUIRE(single.add(vectors.data() + i * dimensions, 1));
      for (const size_t count : {1, 2, 3, 6, 7, 30}) {
        const auto found = together.search(queries.data(), count, 5, 20);
        REQUIRE(found);
        REQUIRE(found->size() == count * 5);
        for (size_t q = 0; q < count; ++q) {
          const auto alone = search(single, queries.data() + q * dimensions, 5, 20);
          CHECK(same(found->subspan(q * 5, 5), alone));
        }
      }
    }
  }
}

TEST_CASE("equal scores stay in the order of their rows") {
  const size_t dimensions = 20;
  const auto vector = normal_floats(dimensions, 11);
  std::vector<float> vectors;
  for (size_t i = 0; i < 100; ++i) vectors.insert(vectors.end(), vector.begin(), vector.end());
  for (const Precision precision : kPrecisions) {
    for (const bool rescore : {true, false}) {
      FlatIndex index = make(dimensions, precision, rescore);
      REQUIRE(index.add(vectors.data(), 100));
      const auto hits = search(index, vector.data(), 30, 50);
      for (uint32_t i = 0; i < 30; ++i) CHECK(hits[i].row == i);
    }
  }
}

TEST_CASE("padding is no row: an index whose scores are all negative answers with its own rows") {
  for (const Precision precision : kPrecisions) {
    for (const bool rescore : {true, false}) {
      for (const size_t rows : {1, 3, 8, 9}) {
        const std::vector<float> vectors(rows * 5, -1.0F);
        const std::vector<float> query(5, 1.0F);
        FlatIndex index = make(5, precision, rescore);
        REQUIRE(index.add(vectors.data(), rows));
        const auto hits = search(index, query.data(), 100, 100);
        CHECK(hits.size() == rows);
        for (const Hit& hit : hits) CHECK(hit.score < 0);
      }
    }
  }
}

TEST_CASE("an empty index has no hits, a zero vector scores 0, and a cleared index fills again") {
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make(3, precision);
    const std::vector<float> zero(3, 0.0F);
    const std::vector<float> vector{1, 2, 3};
    CHECK(search(index, vector.data(), 10, 10).empty());
    REQUIRE(index.add(zero.data(), 1));
    CHECK(same(search(index, vector.data(), 10, 10), std::vector<Hit>{{0, 0.0F}}));
    CHECK(search(index, vector.data(), 0, 0).empty());
    index.clear();
    CHECK(index.size() == 0);
    CHECK(search(index, vector.data(), 10, 10).empty());
    REQUIRE(index.add(vector.data(), 1));
    CHECK(same(search(index, vector.data(), 10, 10), std::vector<Hit>{{0, 14.0F}}));
  }
}

TEST_CASE("vectors that could overflow or are not finite are refused, and nothing is added") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make(4, precision);
    const std::vector<float> longest{5e18F, 5e18F, -5e18F, 4.9e18F, 1, 1, 1, 1};
    REQUIRE(index.add(longest.data(), 2));
    CHECK(search(index, longest.data(), 2, 2)[0].score == doctest::Approx(9.9e37F).epsilon(0.01));
    for (const float bad : {kInfinity, -kInfinity, NAN, 2e19F}) {
      const std::vector<float> vectors{1, 2, 3, 4, 5, 6, bad, 8};
      const auto added = index.add(vectors.data(), 2);
      REQUIRE(!added);
      CHECK(added.error().code == ErrorCode::kInvalidArgument);
      CHECK(added.error().at == 1);
      CHECK(index.size() == 2);
      const auto found = index.search(vectors.data(), 2, 1, 1);
      REQUIRE(!found);
      CHECK(found.error().code == ErrorCode::kInvalidArgument);
      CHECK(found.error().at == 1);
    }
    CHECK(search(index, longest.data(), 2, 2).size() == 2);
  }
}

TEST_CASE("rows that are saved and restored give the same scores, in any pieces and every form") {
  const size_t rows = 300;
  for (const size_t dimensions : {1, 7, 8, 50, 65, 384}) {
    const auto vectors = normal_floats(rows * dimensions, 12);
    const auto query = normal_floats(dimensions, 13);
    for (const Precision precision : kPrecisions) {
      for (const bool rescore : {true, false}) {
        CAPTURE(dimensions);
        FlatIndex index = make(dimensions, precision, rescore);
        REQUIRE(index.add(vectors.data(), rows));
        const size_t row_bytes = index.stored_bytes();
        AlignedBuffer<std::byte> file(rows * row_bytes);
        index.save(0, rows, file.data());
        FlatIndex whole = make(dimensions, precision, rescore);
        REQUIRE(whole.restore(file.data(), rows));
        FlatIndex pieces = make(dimensions, precision, rescore);
        for (size_t i = 0; i < rows; i += 100) {
          AlignedBuffer<std::byte> part(100 * row_bytes);
          std::copy_n(file.data() + i * row_bytes, 100 * row_bytes, part.data());
          REQUIRE(pieces.restore(part.data(), 100));
        }
        const auto expected = search(index, query.data(), 40, 80);
        CHECK(same(search(whole, query.data(), 40, 80), expected));
        CHECK(same(search(pieces, query.data(), 40, 80), expected));
      }
    }
  }
}

TEST_CASE("a saved row is the vector, or the scale and codes, or the signs") {
  const std::vector<float> vector{1.0F, -2.0F, 0.0F, 4.0F, -0.5F, 1.0F, 1.0F, 1.0F, 2.0F};
  const auto saved = [&](Precision precision, bool rescore) {
    FlatIndex index = make(vector.size(), precision, rescore);
    REQUIRE(index.add(vector.data(), 1));
    std::vector<std::byte> row(index.stored_bytes());
    index.save(0, 1, row.data());
    return row;
  };
  const auto bytes = std::as_bytes(std::span(vector));
  const std::vector<std::byte> floats(bytes.begin(), bytes.end());
  CHECK(saved(Precision::kF32, true) == floats);
  CHECK(saved(Precision::kInt8, true) == floats);
  CHECK(saved(Precision::kBinary, true) == floats);
  const auto codes = saved(Precision::kInt8, false);
  CHECK(codes.size() == 4 + 9);
  CHECK(std::to_integer<int8_t>(codes[4 + 1]) == -64);  // of 127 for 4
  CHECK(std::to_integer<int8_t>(codes[4 + 3]) == 127);
  CHECK(saved(Precision::kBinary, false) == std::vector{std::byte{0b11101001}, std::byte{1}});
}

TEST_CASE("rows that no index writes are refused, and nothing is restored") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const auto refuses = [](FlatIndex& index, const AlignedBuffer<std::byte>& rows) {
    const auto restored = index.restore(rows.data(), 2);
    REQUIRE(!restored);
    CHECK(restored.error().code == ErrorCode::kModelFormat);
    CHECK(restored.error().at == 1);
    CHECK(index.size() == 0);
    const std::vector<float> query(8, 1.0F);
    CHECK(search(index, query.data(), 2, 2).empty());
  };
  for (const float bad : {kInfinity, -kInfinity, NAN, 2e19F}) {
    FlatIndex index = make(2, Precision::kInt8, true);
    AlignedBuffer<std::byte> rows(16);
    const float values[4] = {1, 2, bad, 3};
    std::copy_n(reinterpret_cast<const std::byte*>(values), 16, rows.data());
    refuses(index, rows);
  }
  for (const float scale : {kInfinity, -1.0F, NAN, 2e19F}) {
    FlatIndex index = make(2, Precision::kInt8, false);
    AlignedBuffer<std::byte> rows(12);
    std::fill_n(rows.data(), 12, std::byte{1});
    std::copy_n(reinterpret_cast<const std::byte*>(&scale), 4, rows.data() + 6);
    refuses(index, rows);
  }
  FlatIndex codes = make(2, Precision::kInt8, false);
  AlignedBuffer<std::byte> rows(12);
  std::fill_n(rows.data(), 12, std::byte{1});
  rows[11] = std::byte{0x80};  // -128
  refuses(codes, rows);
  FlatIndex signs = make(3, Precision::kBinary, false);
  AlignedBuffer<std::byte> bits(2);
  bits[0] = std::byte{7};
  bits[1] = std::byte{8};
  refuses(signs, bits);
}

TEST_CASE("the longest vectors an index takes can be restored, also from their codes") {
  for (const size_t dimensions : {1, 3, 100, 8192}) {
    for (const Precision precision : kPrecisions) {
      for (const bool rescore : {true, false}) {
        std::vector<float> vector = normal_floats(dimensions, 14);
        double squares = 0;
        for (const float value : vector) squares += double{value} * value;
        for (float& value : vector) value *= static_cast<float>(0.9999e19 / std::sqrt(squares));
        FlatIndex index = make(dimensions, precision, rescore);
        REQUIRE(index.add(vector.data(), 1));
        AlignedBuffer<std::byte> row(index.stored_bytes());
        index.save(0, 1, row.data());
        REQUIRE(index.restore(row.data(), 1));
        const auto hits = search(index, vector.data(), 2, 2);
        CHECK(std::isfinite(hits[0].score));
        CHECK(hits[0].score == hits[1].score);
      }
    }
  }
}

TEST_CASE("an index with rows removed or replaced is as one that never had the others") {
  const size_t dimensions = 20;
  const size_t rows = 700;
  const auto vectors = normal_floats(rows * dimensions, 15);
  const auto query = normal_floats(dimensions, 16);
  const auto vector = [&](size_t row) { return vectors.data() + row * dimensions; };
  for (const Precision precision : kPrecisions) {
    for (const bool rescore : {true, false}) {
      for (const size_t step : {1, 2, 3, 699}) {
        FlatIndex index = make(dimensions, precision, rescore);
        FlatIndex expected = make(dimensions, precision, rescore);
        REQUIRE(index.add(vectors.data(), rows));
        std::vector<uint32_t> removed;
        for (size_t row = 0; row < rows; ++row) {
          if (row % step == 0) {
            removed.push_back(static_cast<uint32_t>(row));
          } else {
            REQUIRE(expected.add(vector(row), 1));
          }
        }
        REQUIRE(index.remove(removed.data(), removed.size()));
        REQUIRE(index.size() == rows - removed.size());
        REQUIRE(index.add(vector(0), 1));
        REQUIRE(expected.add(vector(0), 1));
        REQUIRE(index.replace(index.size() / 2, vector(1)));
        REQUIRE(expected.replace(index.size() / 2, vector(1)));
        CHECK(same(search(index, query.data(), rows, rows),
                   search(expected, query.data(), rows, rows)));
      }
    }
  }
}

TEST_CASE("the memory of a row is what its form needs") {
  CHECK(make(384, Precision::kF32).bytes_per_row() == 1536);
  CHECK(make(384, Precision::kInt8).bytes_per_row() == 392 + 1536);
  CHECK(make(384, Precision::kInt8, false).bytes_per_row() == 392);
  CHECK(make(384, Precision::kBinary).bytes_per_row() == 48 + 1536);
  CHECK(make(384, Precision::kBinary, false).bytes_per_row() == 48);
  CHECK(make(1, Precision::kBinary, false).bytes_per_row() == 8);
}
