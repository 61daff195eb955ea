#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "index_driver.h"
#include "random_values.h"
#include "src/search/scan.h"

using namespace kinvec;

TEST_CASE("re-scored hits have the f32 scores, and all of them when every row is a candidate") {
  const size_t dimensions = 50;
  const size_t rows = 1003;
  const auto vectors = normal_floats(rows * dimensions, 7);
  const auto query = normal_floats(dimensions, 8);
  FlatIndex exact = make_index(dimensions, Precision::kF32);
  REQUIRE(exact.add(vectors.data(), rows));
  const auto expected = search(exact, query.data(), 10, 10);
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make_index(dimensions, precision);
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
      FlatIndex together = make_index(dimensions, precision, rescore);
      FlatIndex single = make_index(dimensions, precision, rescore);
      REQUIRE(together.add(vectors.data(), rows));
      for (size_t i = 0; i < rows; ++i) REQUIRE(single.add(vectors.data() + i * dimensions, 1));
      for (const size_t count : {1, 2, 3, 6, 7, 30}) {
        const auto found = together.search(queries.data(), count, {.top_k = 5, .candidates = 20});
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
      FlatIndex index = make_index(dimensions, precision, rescore);
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
        FlatIndex index = make_index(5, precision, rescore);
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
    FlatIndex index = make_index(3, precision);
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
    FlatIndex index = make_index(4, precision);
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
      const auto found = index.search(vectors.data(), 2, {.top_k = 1, .candidates = 1});
      REQUIRE(!found);
      CHECK(found.error().code == ErrorCode::kInvalidArgument);
      CHECK(found.error().at == 1);
    }
    CHECK(search(index, longest.data(), 2, 2).size() == 2);
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
        FlatIndex index = make_index(dimensions, precision, rescore);
        FlatIndex expected = make_index(dimensions, precision, rescore);
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
        const auto middle = static_cast<uint32_t>(index.size() / 2);
        REQUIRE(index.replace(&middle, vector(1), 1));
        REQUIRE(expected.replace(&middle, vector(1), 1));
        CHECK(same(search(index, query.data(), rows, rows),
                   search(expected, query.data(), rows, rows)));
      }
    }
  }
}

TEST_CASE("the memory of a row is what its form needs") {
  CHECK(make_index(384, Precision::kF32).bytes_per_row() == 1536);
  CHECK(make_index(384, Precision::kInt8).bytes_per_row() == 392 + 1536);
  CHECK(make_index(384, Precision::kInt8, false).bytes_per_row() == 392);
  CHECK(make_index(384, Precision::kBinary).bytes_per_row() == 48 + 1536);
  CHECK(make_index(384, Precision::kBinary, false).bytes_per_row() == 48);
  CHECK(make_index(1, Precision::kBinary, false).bytes_per_row() == 8);
}

TEST_CASE("a search among some rows is that of an index of only those") {
  const size_t dimensions = 20;
  const size_t rows = 701;
  const auto vectors = normal_floats(rows * dimensions, 17);
  const auto queries = normal_floats(7 * dimensions, 18);
  for (const Precision precision : kPrecisions) {
    for (const bool rescore : {true, false}) {
      for (const size_t step : {1, 2, 3, 64, 699, 1000}) {
        CAPTURE(step);
        FlatIndex index = make_index(dimensions, precision, rescore);
        FlatIndex some = make_index(dimensions, precision, rescore);
        REQUIRE(index.add(vectors.data(), rows));
        std::vector<uint8_t> bits((rows + 7) / 8);
        std::vector<uint32_t> row_of;  // in the whole index
        for (uint32_t row = 1; row < rows; row += step) {
          bits[row / 8] |= 1 << row % 8;
          row_of.push_back(row);
          REQUIRE(some.add(vectors.data() + row * dimensions, 1));
        }
        const RowMask allowed(bits.data());
        for (const size_t count : {1, 4, 7}) {
          const auto found = index.search(queries.data(), count,
                                          {.top_k = 10, .candidates = 30, .allowed = allowed});
          REQUIRE(found);
          const size_t wanted = std::min<size_t>(10, row_of.size());
          REQUIRE(found->size() == count * wanted);
          for (size_t q = 0; q < count; ++q) {
            auto expected = search(some, queries.data() + q * dimensions, 10, 30);
            for (Hit& hit : expected) hit.row = row_of[hit.row];
            CHECK(same(found->subspan(q * wanted, wanted), expected));
          }
        }
      }
    }
  }
}

TEST_CASE("a search among no rows finds none") {
  const std::vector<float> vectors(50, 1.0F);
  const uint8_t none[2] = {};
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make_index(5, precision);
    REQUIRE(index.add(vectors.data(), 10));
    CHECK(search(index, vectors.data(), {.top_k = 3, .allowed = RowMask(none)}).empty());
  }
}

TEST_CASE("all scores are those of the hits, for every row and any number of queries") {
  const size_t dimensions = 37;
  const size_t rows = 1003;
  const auto vectors = normal_floats(rows * dimensions, 19);
  const auto queries = normal_floats(30 * dimensions, 20);
  for (const Precision precision : kPrecisions) {
    // Those of a smaller form are what it finds alone.
    FlatIndex index = make_index(dimensions, precision);
    FlatIndex alone = make_index(dimensions, precision, false);
    REQUIRE(index.add(vectors.data(), rows));
    REQUIRE(alone.add(vectors.data(), rows));
    for (const size_t count : {1, 3, 4, 5, 13, 30}) {
      std::vector<float> scores(count * rows);
      REQUIRE(index.score_all(queries.data(), count, scores.data()));
      size_t wrong = 0;
      for (size_t q = 0; q < count; ++q) {
        for (const Hit& hit : search(alone, queries.data() + q * dimensions, rows, rows)) {
          wrong += scores[q * rows + hit.row] != hit.score;
        }
      }
      CHECK(wrong == 0);
    }
  }
  FlatIndex index = make_index(1, Precision::kF32);
  CHECK(index.score_all(queries.data(), 3, nullptr));  // there are none
  const float bad = NAN;
  const auto refused = index.score_all(&bad, 1, nullptr);
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::kInvalidArgument);
}
