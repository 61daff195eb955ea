#include "graph_fuzz.h"

#include <cmath>
#include <vector>

#include "src/search/flat_index.h"
#include "tokenizer_fuzz.h"

namespace kinvec::fuzz {
namespace {

constexpr size_t kHeaderBytes = 6;
constexpr size_t kDimensions = 5;

/// Vectors of few values, so that some are equal. [count, kDimensions]
std::vector<float> known_vectors(size_t count, uint32_t seed) {
  std::vector<float> vectors(count * kDimensions);
  for (float& value : vectors) {
    seed = seed * 1664525 + 1013904223;
    value = static_cast<float>(static_cast<int>(seed >> 30U) - 1);
  }
  return vectors;
}

FlatIndex index_of(const std::vector<float>& vectors) {
  FlatIndex index({.dimensions = kDimensions});
  require(static_cast<bool>(index.add(vectors.data(), vectors.size() / kDimensions)));
  return index;
}

std::vector<std::byte> saved(const Graph& graph) {
  std::vector<std::byte> links(graph.saved_bytes(0, graph.size()));
  graph.save(0, graph.size(), links.data());
  return links;
}

Result<void> restore(FlatIndex& index, const GraphOptions& options,
                     std::span<const std::byte> links, const Graph::State& state) {
  require(static_cast<bool>(index.begin_graph(options)));
  if (auto restored = index.restore_links(links); !restored) return restored.error();
  return index.finish_restoring_graph(state);
}

/// What is saved of an index is a graph, and finds as many rows as there are.
void check(FlatIndex& index) {
  require(index.graph() != nullptr && index.graph()->size() == index.size());
  std::vector<float> vectors(index.size() * kDimensions);
  index.save(0, index.size(), reinterpret_cast<std::byte*>(vectors.data()));
  FlatIndex copy = index_of(vectors);
  const Graph& graph = *index.graph();
  require(static_cast<bool>(restore(copy, graph.options(), saved(graph), graph.state())));
  require(saved(*copy.graph()) == saved(graph));
  const auto queries = known_vectors(3, 7);
  for (const size_t effort : {1, 10}) {
    const SearchOptions options{.top_k = 4, .effort = effort};
    const auto found = index.search(queries.data(), 3, options);
    require(static_cast<bool>(found));
    require(found->size() == 3 * std::min<size_t>(4, index.size()));
    for (const Hit& hit : *found) {
      require(hit.row < index.size() && std::isfinite(hit.score));
    }
  }
}

}  // namespace

void restore_graph(std::span<const uint8_t> input) {
  if (input.size() < kHeaderBytes) return;
  const size_t rows = input[0];
  const GraphOptions options{.neighbors = 2 + input[1] % 7U, .effort = 1 + input[2] % 40U};
  const Graph::State state{.levels_drawn = input[3],
                           .entry = input[4] == 255 ? Graph::kNone : input[4]};
  const auto vectors = known_vectors(rows, 1);
  FlatIndex index = index_of(vectors);
  // Of exactly this size, so that a byte too many is found.
  const auto bytes = std::as_bytes(input).subspan(kHeaderBytes);
  const std::vector<std::byte> links(bytes.begin(), bytes.end());
  if (const auto restored = restore(index, options, links, state); !restored) {
    require(restored.error().code == ErrorCode::kModelFormat);
    require(index.graph() == nullptr);
    return;
  }
  require(saved(*index.graph()) == links);
  check(index);

  const auto others = known_vectors(rows + 20, 2);
  std::vector<uint32_t> removed;
  std::vector<uint32_t> replaced;
  for (uint32_t row = 0; row < rows; ++row) {
    const uint32_t chance = row * 2654435761U >> 24U;
    if (chance < input[5]) removed.push_back(row);
    if ((chance ^ input[5]) % 3 == 0) replaced.push_back(row);
  }
  require(static_cast<bool>(index.replace(replaced.data(), others.data(), replaced.size())));
  check(index);
  require(static_cast<bool>(index.remove(removed.data(), removed.size())));
  check(index);
  require(static_cast<bool>(index.add(others.data(), 20)));
  check(index);
}

}  // namespace kinvec::fuzz
