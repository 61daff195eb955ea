// What an index asks of its rows, in whichever form they are kept. In files a row is its numbers,
// one after another, however they are laid out in memory.
#pragma once

#include <algorithm>
#include <cstddef>

#include "../error.h"
#include "row_blocks.h"
#include "scan.h"
#include "score_sink.h"

namespace kinvec {

inline Error no_memory_to_search() {
  return {ErrorCode::kOutOfMemory, "no memory left for the search"};
}

class RowStore {
 public:
  virtual ~RowStore() = default;
  RowStore(const RowStore&) = delete;
  RowStore& operator=(const RowStore&) = delete;

  size_t bytes_per_row() const { return blocks_.bytes_per_row(); }
  /// Bytes of a row in a file.
  size_t stored_bytes() const { return stored_bytes_; }

  /// False, and no change, when there is no memory for `rows` rows in all.
  bool reserve(size_t rows) { return blocks_.reserve(rows); }
  /// Gives back memory that the first `rows` rows do not need.
  void shrink(size_t rows) { blocks_.shrink(rows); }

  /// Stores vector [dimensions] as row `row`, for which there is room.
  virtual void write(size_t row, const float* vector) = 0;

  /// Writes row `row` as it is in files, [stored_bytes()].
  virtual void save(size_t row, std::byte* stored) const = 0;
  /// Puts back what save() wrote, for which there is room. False, and no change, for bytes that
  /// save() never writes.
  virtual bool restore(size_t row, const std::byte* stored) = 0;

  /// Gives `sink` the score of each row of [0, rows) that is allowed with each of `count` queries,
  /// [count, dimensions]. OUT_OF_MEMORY when there is none to work in.
  virtual Result<void> scan(const float* queries, size_t count, size_t rows, RowMask allowed,
                            ScoreSink& sink) const = 0;

 protected:
  RowStore(size_t bytes_per_row, size_t stored_bytes)
      : blocks_(bytes_per_row), stored_bytes_(stored_bytes) {}

  const RowBlocks& blocks() const { return blocks_; }

  /// The loop of a scan. score(block, rows, query, n, out, stride) writes the scores of a block's
  /// rows with queries [query, query + n) to out[q * stride + i]. False when there is no memory.
  template <class Score>
  bool scan_blocks(size_t count, size_t rows, RowMask allowed, ScoreSink& sink,
                   const Score& score) const {
    const size_t stride = blocks_.rows_per_block();
    const AlignedBuffer<float> scores(std::min(count, kQueriesAtOnce) * stride);
    if (scores.data() == nullptr) return false;
    std::fill_n(scores.data(), scores.size(), 0.0F);
    blocks_.for_each(rows, [&](std::byte* block, size_t first, size_t n_rows) {
      const ScanRows range{first, n_rows, allowed};
      for (size_t query = 0; query < count; query += kQueriesAtOnce) {
        const size_t n = std::min(kQueriesAtOnce, count - query);
        score(block, range, query, n, scores.data(), stride);
        for (size_t q = 0; q < n; ++q) {
          sink.take(query + q, first, {scores.data() + q * stride, n_rows});
        }
      }
    });
    return true;
  }

 private:
  static constexpr size_t kQueriesAtOnce = 12;  // whole tiles of every kernel

  RowBlocks blocks_;
  size_t stored_bytes_;
};

}  // namespace kinvec
