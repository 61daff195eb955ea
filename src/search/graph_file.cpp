#include <cstring>

#include "graph.h"

namespace kinvec {

namespace {

Error no_graph(size_t row) {
  return {ErrorCode::kModelFormat, "the links are none that a graph writes",
          static_cast<int64_t>(row)};
}

Error out_of_memory() { return {ErrorCode::kOutOfMemory, "no memory left for the graph"}; }

}  // namespace

size_t Graph::saved_bytes(size_t first, size_t count) const {
  size_t bytes = 0;
  for (size_t row = first; row < first + count; ++row) {
    bytes += 1;
    for (size_t level = 0; level <= links_.level(row); ++level) {
      bytes += 1 + links_.links(row, level).rows().size_bytes();
    }
  }
  return bytes;
}

void Graph::save(size_t first, size_t count, std::byte* bytes) const {
  for (size_t row = first; row < first + count; ++row) {
    *bytes++ = static_cast<std::byte>(links_.level(row));
    for (size_t level = 0; level <= links_.level(row); ++level) {
      const auto rows = links_.links(row, level).rows();
      *bytes++ = static_cast<std::byte>(rows.size());
      std::memcpy(bytes, rows.data(), rows.size_bytes());
      bytes += rows.size_bytes();
    }
  }
}

Result<size_t> Graph::restore(std::span<const std::byte> bytes, const float* vector) {
  const size_t row = size();
  const auto fail = no_graph(row);
  if (bytes.empty()) return fail;
  const auto level = std::to_integer<size_t>(bytes[0]);
  if (level > kHighestLevel) return fail;
  size_t at = 1;
  for (size_t l = 0; l <= level; ++l) {
    if (at == bytes.size()) return fail;
    const auto count = std::to_integer<size_t>(bytes[at]);
    if (count > links_.capacity(l) || bytes.size() - at - 1 < count * sizeof(uint32_t)) return fail;
    at += 1 + count * sizeof(uint32_t);
  }
  if (!codes_.reserve(row + 1) || !links_.reserve(row + 1, links_.upper_lists() + level)) {
    return out_of_memory();
  }
  links_.push_back(level);
  codes_.write(row, vector);
  at = 1;
  for (size_t l = 0; l <= level; ++l) {
    const auto count = std::to_integer<size_t>(bytes[at++]);
    uint32_t rows[2 * kMostNeighbors];
    std::memcpy(rows, bytes.data() + at, count * sizeof(uint32_t));
    links_.links(row, l).assign({rows, count});
    at += count * sizeof(uint32_t);
  }
  return at;
}

Result<void> Graph::finish_restoring(const State& state) {
  const bool has_entry = state.entry < size();
  if (has_entry != (size() > 0) || (!has_entry && state.entry != kNone)) return no_graph(0);
  for (uint32_t row = 0; row < size(); ++row) {
    if (links_.level(row) > links_.level(state.entry)) return no_graph(row);
    for (size_t level = 0; level <= links_.level(row); ++level) {
      const auto rows = links_.links(row, level).rows();
      for (size_t i = 0; i < rows.size(); ++i) {
        const uint32_t other = rows[i];
        const bool known = other < size() && other != row && links_.level(other) >= level;
        if (!known || std::find(rows.begin(), rows.begin() + i, other) != rows.begin() + i) {
          return no_graph(row);
        }
      }
    }
  }
  levels_drawn_ = state.levels_drawn;
  entry_ = state.entry;
  if (!reserve(size())) return out_of_memory();
  return {};
}

}  // namespace kinvec
