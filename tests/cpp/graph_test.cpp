#include "src/search/graph.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "index_driver.h"
#include "random_values.h"
#include "src/search/scan.h"

using namespace kinvec;

namespace {

constexpr size_t kDimensions = 24;

std::vector<float> unit_vectors(size_t count, uint32_t seed) {
  std::vector<float> vectors = normal_floats(count * kDimensions, seed);
  for (size_t i = 0; i < count; ++i) {
    float* vector = vectors.data() + i * kDimensions;
    float squares = 0;
    for (size_t k = 0; k < kDimensions; ++k) squares += vector[k] * vector[k];
    for (size_t k = 0; k < kDimensions; ++k) vector[k] /= std::sqrt(squares);
  }
  return vectors;
}

void build(FlatIndex& index, const GraphOptions& options = {}) {
  REQUIRE(index.begin_graph(options));
  for (size_t left = index.size(); left > 0;) {
    const auto linked = index.link_rows(100);
    REQUIRE(linked);
    left = *linked;
  }
  REQUIRE(index.graph() != nullptr);
}

/// Share of the ten nearest rows that a search by the graph finds.
double recall(FlatIndex& index, const std::vector<float>& queries, size_t effort = 64) {
  const size_t count = queries.size() / kDimensions;
  size_t found = 0;
  for (size_t q = 0; q < count; ++q) {
    const float* query = queries.data() + q * kDimensions;
    const auto exact = search(index, query, {.top_k = 10, .candidates = index.size()});
    for (const Hit& hit : search(index, query, {.top_k = 10, .effort = effort})) {
      found += std::any_of(exact.begin(), exact.end(),
                           [&](const Hit& other) { return other.row == hit.row; });
    }
  }
  return static_cast<double>(found) / static_cast<double>(10 * count);
}

std::vector<std::byte> saved(const FlatIndex& index) {
  const Graph& graph = *index.graph();
  std::vector<std::byte> bytes(graph.saved_bytes(0, graph.size()));
  graph.save(0, graph.size(), bytes.data());
  return bytes;
}

/// An index of the same rows with the graph of `index`, read from its bytes.
Result<void> restore(FlatIndex& copy, const FlatIndex& index, std::span<const std::byte> links,
                     const Graph::State& state) {
  std::vector<float> vectors(index.size() * kDimensions);
  index.save(0, index.size(), reinterpret_cast<std::byte*>(vectors.data()));
  REQUIRE(copy.add(vectors.data(), index.size()));
  REQUIRE(copy.begin_graph(index.graph()->options()));
  if (auto restored = copy.restore_links(links); !restored) return restored.error();
  return copy.finish_restoring_graph(state);
}

/// Every link is one that a file may have: the reader looks at them all.
void check_links(const FlatIndex& index) {
  FlatIndex copy = make_index(kDimensions, Precision::kF32);
  CHECK(restore(copy, index, saved(index), index.graph()->state()));
}

}  // namespace

TEST_CASE("a graph finds nearly all of the nearest rows, with exact scores") {
  const auto vectors = unit_vectors(4000, 1);
  const auto queries = unit_vectors(100, 2);
  for (const Precision precision : kPrecisions) {
    FlatIndex index = make_index(kDimensions, precision);
    REQUIRE(index.add(vectors.data(), 4000));
    build(index);
    check_links(index);
    CHECK(recall(index, queries, 128) > 0.97);
    CHECK(recall(index, queries, 16) < recall(index, queries, 128));
    for (const Hit& hit : search(index, queries.data(), {.top_k = 10, .effort = 64})) {
      const float* vector = vectors.data() + hit.row * kDimensions;
      CHECK(hit.score == dot(vector, queries.data(), kDimensions));
    }
  }
}

TEST_CASE("a graph has few levels, and a row the links that it may have") {
  const auto vectors = unit_vectors(4000, 3);
  for (const size_t neighbors : {2, 8, 64}) {
    FlatIndex index = make_index(kDimensions, Precision::kF32);
    REQUIRE(index.add(vectors.data(), 4000));
    build(index, {.neighbors = neighbors, .effort = 40});
    check_links(index);
    const auto links = saved(index);
    size_t upper = 0;
    for (size_t at = 0; at < links.size();) {
      const auto level = std::to_integer<size_t>(links[at++]);
      upper += level > 0;
      for (size_t l = 0; l <= level; ++l) {
        const auto count = std::to_integer<size_t>(links[at]);
        CHECK(count <= (l == 0 ? 2 : 1) * neighbors);
        at += 1 + 4 * count;
      }
    }
    const double expected = 4000.0 / static_cast<double>(neighbors);
    CHECK(std::abs(static_cast<double>(upper) - expected) < 5 * std::sqrt(expected));
  }
}

TEST_CASE("rows that are added later are linked as if they had been there") {
  const auto vectors = unit_vectors(1500, 4);
  FlatIndex whole = make_index(kDimensions, Precision::kF32);
  REQUIRE(whole.add(vectors.data(), 1500));
  build(whole);
  FlatIndex grown = make_index(kDimensions, Precision::kF32);
  REQUIRE(grown.add(vectors.data(), 1));
  build(grown);
  REQUIRE(grown.add(vectors.data() + kDimensions, 700));
  REQUIRE(grown.add(vectors.data() + 701 * kDimensions, 799));
  CHECK(saved(grown) == saved(whole));
  CHECK(grown.graph()->state().levels_drawn == 1500);
}

TEST_CASE("an index without rows has a graph that grows") {
  const auto vectors = unit_vectors(1500, 5);
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.begin_graph({}));
  const auto left = index.link_rows(10);
  REQUIRE(left);
  CHECK(*left == 0);
  CHECK(search(index, vectors.data(), {.top_k = 3, .effort = 64}).empty());
  REQUIRE(index.add(vectors.data(), 1500));
  CHECK(recall(index, unit_vectors(50, 6)) > 0.95);
}

TEST_CASE("a graph without the rows that were removed finds the nearest of the rest") {
  const size_t rows = 4000;
  const auto vectors = unit_vectors(rows, 7);
  const auto queries = unit_vectors(100, 8);
  // One in two, all but few, those of one side, one alone.
  const auto side = [&](uint32_t row) { return vectors[row * kDimensions] > 0; };
  const auto removals =
      std::vector<std::vector<uint32_t>>{{77},
                                         [&] {
                                           std::vector<uint32_t> half;
                                           for (uint32_t row = 0; row < rows; ++row) {
                                             if (side(row)) half.push_back(row);
                                           }
                                           return half;
                                         }(),
                                         [&] {
                                           std::vector<uint32_t> most;
                                           for (uint32_t row = 0; row < rows; ++row) {
                                             if (row % 3 != 0) most.push_back(row);
                                           }
                                           return most;
                                         }()};
  for (const auto& removed : removals) {
    CAPTURE(removed.size());
    FlatIndex index = make_index(kDimensions, Precision::kF32);
    REQUIRE(index.add(vectors.data(), rows));
    build(index);
    REQUIRE(index.remove(removed.data(), removed.size()));
    CHECK(index.graph()->size() == rows - removed.size());
    check_links(index);
    CHECK(recall(index, queries, 128) > 0.96);
    REQUIRE(index.add(vectors.data() + removed[0] * kDimensions, 1));
    const auto hits =
        search(index, vectors.data() + removed[0] * kDimensions, {.top_k = 1, .effort = 64});
    CHECK(hits[0].row == index.size() - 1);
  }
}

TEST_CASE("rows taken out one by one leave a graph that holds together") {
  const size_t rows = 2000;
  const auto vectors = unit_vectors(rows, 9);
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.add(vectors.data(), rows));
  build(index, {.neighbors = 16, .effort = 64});
  for (uint32_t i = 0; i < 400; ++i) {
    const uint32_t row = i * 7919 % static_cast<uint32_t>(index.size());
    REQUIRE(index.remove(&row, 1));
  }
  check_links(index);
  CHECK(recall(index, unit_vectors(100, 10), 90) > 0.95);
  while (index.size() > 0) {
    std::vector<uint32_t> all(std::min<size_t>(index.size(), 300));
    for (uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    REQUIRE(index.remove(all.data(), all.size()));
    check_links(index);
  }
  CHECK(index.graph()->state().entry == Graph::kNone);
  REQUIRE(index.add(vectors.data(), rows));
  CHECK(recall(index, unit_vectors(100, 10)) > 0.95);
}

TEST_CASE("rows that are replaced are found where they are now") {
  const size_t rows = 2000;
  const auto vectors = unit_vectors(rows, 11);
  const auto others = unit_vectors(rows, 12);
  for (const uint32_t step : {1, 2, 50}) {
    FlatIndex index = make_index(kDimensions, Precision::kF32);
    REQUIRE(index.add(vectors.data(), rows));
    build(index);
    std::vector<uint32_t> replaced;
    std::vector<float> values;
    for (uint32_t row = 0; row < rows; row += step) {
      replaced.push_back(row);
      const float* other = others.data() + row * kDimensions;
      values.insert(values.end(), other, other + kDimensions);
    }
    REQUIRE(index.replace(replaced.data(), values.data(), replaced.size()));
    check_links(index);
    CHECK(recall(index, unit_vectors(100, 13), 128) > 0.96);
    for (uint32_t row = 0; row < rows; row += 100) {
      const auto hits =
          search(index, others.data() + row * kDimensions, {.top_k = 1, .effort = 64});
      CHECK(hits[0].row == row);
    }
  }
}

TEST_CASE("changes during the building of a graph are in it") {
  const size_t rows = 2000;
  const auto vectors = unit_vectors(rows, 14);
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.add(vectors.data(), 1500));
  REQUIRE(index.begin_graph({}));
  REQUIRE(index.link_rows(1000));
  REQUIRE(index.add(vectors.data() + 1500 * kDimensions, 500));
  const uint32_t removed[] = {5, 999, 1000, 1700};
  REQUIRE(index.remove(removed, 4));
  const uint32_t replaced[] = {7, 1800};
  REQUIRE(index.replace(replaced, vectors.data(), 2));
  CHECK(index.graph() == nullptr);
  CHECK(search(index, vectors.data(), {.top_k = 3, .effort = 64}).size() == 3);
  for (size_t left = 1; left > 0;) {
    const auto linked = index.link_rows(300);
    REQUIRE(linked);
    left = *linked;
  }
  REQUIRE(index.graph() != nullptr);
  CHECK(index.graph()->size() == rows - 4);
  check_links(index);
  CHECK(recall(index, unit_vectors(100, 15)) > 0.95);

  REQUIRE(index.begin_graph({}));
  REQUIRE(index.link_rows(100));
  index.drop_unfinished_graph();
  CHECK(index.graph() != nullptr);
  REQUIRE(index.begin_graph({}));
  index.clear();
  CHECK(index.graph() == nullptr);
  const auto left = index.link_rows(1);
  REQUIRE(!left);
  CHECK(left.error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("many copies of a vector do not hide the others") {
  const size_t rows = 3000;
  auto vectors = unit_vectors(rows, 16);
  for (size_t row = 500; row < 2000; ++row) {
    std::copy_n(vectors.begin() + kDimensions, kDimensions,
                vectors.begin() + static_cast<ptrdiff_t>(row * kDimensions));
  }
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.add(vectors.data(), rows));
  build(index);
  check_links(index);
  const auto copies = search(index, vectors.data() + kDimensions, {.top_k = 20, .effort = 64});
  for (const Hit& hit : copies) CHECK(hit.score == copies[0].score);
  CHECK(recall(index, unit_vectors(100, 17)) > 0.95);
}

TEST_CASE("a search that asks for more than a graph can find looks at all rows") {
  const auto vectors = unit_vectors(3000, 18);
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.add(vectors.data(), 3000));
  build(index);
  const auto all = search(index, vectors.data(), {.top_k = 3000});
  CHECK(same(search(index, vectors.data(), {.top_k = 3000, .effort = 64}), all));
  const auto ten = search(index, vectors.data(), {.top_k = 10});
  CHECK(same(search(index, vectors.data(), {.top_k = 10, .effort = 3000}), ten));
  // Rows that nothing is linked to: 3000 of which each level 0 list is empty.
  std::vector<std::byte> links(3000 * 2);
  FlatIndex loose = make_index(kDimensions, Precision::kF32);
  REQUIRE(restore(loose, index, links, {.levels_drawn = 3000, .entry = 0}));
  CHECK(same(search(loose, vectors.data(), {.top_k = 10, .effort = 64}), ten));
}

TEST_CASE("a graph that is saved and restored finds the same, and grows the same") {
  const auto vectors = unit_vectors(2500, 19);
  const auto queries = unit_vectors(50, 20);
  FlatIndex index = make_index(kDimensions, Precision::kInt8);
  REQUIRE(index.add(vectors.data(), 2000));
  build(index);
  const auto links = saved(index);
  FlatIndex copy = make_index(kDimensions, Precision::kF32);
  REQUIRE(restore(copy, index, links, index.graph()->state()));
  CHECK(saved(copy) == links);
  for (size_t q = 0; q < 50; ++q) {
    const SearchOptions options{.top_k = 10, .effort = 32};
    const float* query = queries.data() + q * kDimensions;
    CHECK(same(search(copy, query, options), search(index, query, options)));
  }
  REQUIRE(index.add(vectors.data() + 2000 * kDimensions, 500));
  REQUIRE(copy.add(vectors.data() + 2000 * kDimensions, 500));
  CHECK(saved(copy) == saved(index));
}

TEST_CASE("links that no graph writes are refused") {
  const auto vectors = unit_vectors(300, 21);
  FlatIndex index = make_index(kDimensions, Precision::kF32);
  REQUIRE(index.add(vectors.data(), 300));
  build(index);
  const auto links = saved(index);
  const auto state = index.graph()->state();
  const auto refuses = [&](std::vector<std::byte> damaged, Graph::State other) {
    FlatIndex copy = make_index(kDimensions, Precision::kF32);
    const auto restored = restore(copy, index, damaged, other);
    REQUIRE(!restored);
    CHECK(restored.error().code == ErrorCode::kModelFormat);
    CHECK(copy.graph() == nullptr);
  };
  const auto with = [&](size_t at, uint8_t byte) {
    auto damaged = links;
    damaged[at] = std::byte{byte};
    return damaged;
  };
  refuses(with(0, 16), state);  // a level that there is not
  refuses(with(1, 33), state);  // more links than a row may have
  refuses(with(3, 2), state);   // a row beyond the last
  refuses(with(2, 0), state);   // itself, or the same row twice
  refuses(with(6, std::to_integer<uint8_t>(links[2])), state);
  refuses(std::vector(links.begin(), links.end() - 1), state);
  refuses(std::vector(links.begin(), links.begin() + 2000), state);
  auto longer = links;
  longer.push_back(std::byte{0});
  refuses(longer, state);
  refuses(links, {.levels_drawn = 300, .entry = 300});
  refuses(links, {.levels_drawn = 300, .entry = Graph::kNone});
  const uint32_t low = state.entry == 0 ? 1 : 0;  // not of the highest level
  refuses(links, {.levels_drawn = 300, .entry = low});
}

TEST_CASE("the memory of a row in a graph is its codes and its links") {
  CHECK(Graph({.neighbors = 16, .effort = 100}, 384, DotMode::kUnsigned).bytes_per_row() ==
        384 + 8 + 8 + 4 * 33 + 4 * 17 / 15);
  CHECK(Graph({.neighbors = 2, .effort = 100}, 1, DotMode::kUnsigned).bytes_per_row() ==
        16 + 8 + 8 + 4 * 5 + 12);
}
