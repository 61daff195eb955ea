#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "index_driver.h"
#include "random_values.h"

using namespace kinvec;

TEST_CASE("rows that are saved and restored give the same scores, in any pieces and every form") {
  const size_t rows = 300;
  for (const size_t dimensions : {1, 7, 8, 50, 65, 384}) {
    const auto vectors = normal_floats(rows * dimensions, 12);
    const auto query = normal_floats(dimensions, 13);
    for (const Precision precision : kPrecisions) {
      for (const bool rescore : {true, false}) {
        CAPTURE(dimensions);
        FlatIndex index = make_index(dimensions, precision, rescore);
        REQUIRE(index.add(vectors.data(), rows));
        const size_t row_bytes = index.stored_bytes();
        AlignedBuffer<std::byte> file(rows * row_bytes);
        index.save(0, rows, file.data());
        FlatIndex whole = make_index(dimensions, precision, rescore);
        REQUIRE(whole.restore(file.data(), rows));
        FlatIndex pieces = make_index(dimensions, precision, rescore);
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
    FlatIndex index = make_index(vector.size(), precision, rescore);
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
    FlatIndex index = make_index(2, Precision::kInt8, true);
    AlignedBuffer<std::byte> rows(16);
    const float values[4] = {1, 2, bad, 3};
    std::copy_n(reinterpret_cast<const std::byte*>(values), 16, rows.data());
    refuses(index, rows);
  }
  for (const float scale : {kInfinity, -1.0F, NAN, 2e19F}) {
    FlatIndex index = make_index(2, Precision::kInt8, false);
    AlignedBuffer<std::byte> rows(12);
    std::fill_n(rows.data(), 12, std::byte{1});
    std::copy_n(reinterpret_cast<const std::byte*>(&scale), 4, rows.data() + 6);
    refuses(index, rows);
  }
  FlatIndex codes = make_index(2, Precision::kInt8, false);
  AlignedBuffer<std::byte> rows(12);
  std::fill_n(rows.data(), 12, std::byte{1});
  rows[11] = std::byte{0x80};  // -128
  refuses(codes, rows);
  FlatIndex signs = make_index(3, Precision::kBinary, false);
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
        FlatIndex index = make_index(dimensions, precision, rescore);
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
