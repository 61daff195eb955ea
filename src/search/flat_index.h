// Nearest vectors by dot product: a scan over all rows, of f32 or of a smaller form whose best
// candidates are scored again in f32.
#pragma once

#include <memory>
#include <span>

#include "../kernels/activation_rows.h"
#include "float_rows.h"
#include "graph.h"

namespace kinvec {

/// The form of the rows that a search scans.
enum class Precision : int { kF32 = 0, kInt8 = 1, kBinary = 2 };

struct FlatIndexOptions {
  size_t dimensions = 0;  // at least 1; for kInt8 at most Int8Rows::kMaxDimensions
  Precision precision = Precision::kF32;
  /// Whether f32 rows are kept beside the smaller ones, so that results get exact scores.
  bool rescore = true;
  /// How the engine's relaxed dot reads its second operand, as found by probe_dot().
  DotMode dot_mode = DotMode::kUnsigned;
};

struct SearchOptions {
  size_t top_k = 10;
  size_t candidates = 0;     // at least top_k are taken
  RowMask allowed{nullptr};  // null: all rows may be found
  /// Where the index has a graph: how many rows a walk through it keeps in sight, at least top_k.
  /// 0 looks at all rows, and so does a search among some rows.
  size_t effort = 0;
};

class FlatIndex {
 public:
  explicit FlatIndex(const FlatIndexOptions& options);

  size_t dimensions() const { return dimensions_; }
  size_t size() const { return size_; }
  size_t bytes_per_row() const;

  /// Makes room for `count` more rows: adding them cannot fail for want of memory. OUT_OF_MEMORY.
  Result<void> reserve(size_t count);

  /// Appends `count` vectors, [count, dimensions]. No change when one is refused: INVALID_ARGUMENT
  /// (at = the vector) for a value that is not finite or a length above 1e19, whose products could
  /// overflow; OUT_OF_MEMORY.
  Result<void> add(const float* vectors, size_t count);
  /// Puts vectors [count, dimensions] in the places of `count` rows. As add().
  Result<void> replace(const uint32_t* rows, const float* vectors, size_t count);
  /// Takes out `count` rows, given in ascending order; those behind them move up. OUT_OF_MEMORY.
  Result<void> remove(const uint32_t* rows, size_t count);
  void clear();

  /// Bytes of a row in a file: the vector's, or where that is not kept those of its smaller form.
  size_t stored_bytes() const { return stored().stored_bytes(); }
  /// Writes rows [first, first + count) as they are in files, [count, stored_bytes()].
  void save(size_t first, size_t count, std::byte* rows) const;
  /// Appends `count` rows that save() wrote, aligned as floats are. No change when one is refused:
  /// MODEL_FORMAT (at = the row) for what save() never writes; OUT_OF_MEMORY.
  Result<void> restore(const std::byte* rows, size_t count);

  /// For each of `count` queries, [count, dimensions], the min(top_k, rows allowed) rows with the
  /// largest dot product, best first; equal scores in the order of their rows. The view
  /// [count, min(top_k, rows allowed)] is valid until the next search.
  ///
  /// Rows of a smaller form are first ranked by approximate scores, of which the best `candidates`
  /// are scored again; without f32 rows the approximate scores are the result. A graph finds most
  /// of the rows that a look at all would. INVALID_ARGUMENT (at = the query), OUT_OF_MEMORY.
  Result<std::span<const Hit>> search(const float* queries, size_t count,
                                      const SearchOptions& options);

  /// The dot product of each query with every row, approximate where the rows have a smaller form:
  /// scores [count, size]. Errors as search().
  Result<void> score_all(const float* queries, size_t count, float* scores) const;

  /// Begins a graph over the rows, which link_rows() builds; it takes the place of one that was
  /// begun and not finished. The index must have f32 rows. OUT_OF_MEMORY.
  Result<void> begin_graph(const GraphOptions& options);
  /// Links up to `count` rows more; answers how many are left. With none left, the graph is that of
  /// the index from then on: rows that are added are linked at once. INVALID_ARGUMENT when no graph
  /// was begun, or clear() dropped it; OUT_OF_MEMORY.
  Result<size_t> link_rows(size_t count);
  /// Drops a graph that is not finished.
  void drop_unfinished_graph() { unfinished_.reset(); }
  /// Null when there is none.
  const Graph* graph() const { return graph_.get(); }

  /// Restores the graph that save() of graph() wrote, all rows of which are there: after
  /// begin_graph(), some whole rows at a time; answers how many are left. MODEL_FORMAT (at = the
  /// row), OUT_OF_MEMORY.
  Result<size_t> restore_links(std::span<const std::byte> bytes);
  /// MODEL_FORMAT, OUT_OF_MEMORY.
  Result<void> finish_restoring_graph(const Graph::State& state);

 private:
  Result<std::span<const Hit>> search_all(const float* queries, size_t count,
                                          const SearchOptions& options);
  /// Fewer hits than asked for of some query: none at all.
  Result<std::span<const Hit>> search_graph(const float* queries, size_t count,
                                            const SearchOptions& options);
  Result<void> check(const float* vectors, size_t count, ErrorCode code) const;
  Result<void> append(const float* vectors, size_t count);
  void write(size_t row, const float* vector);
  /// Gives back memory that the rows do not need.
  void shrink();
  const RowStore& scanned_rows() const {
    return coarse_ ? *coarse_ : static_cast<const RowStore&>(*floats_);
  }
  RowStore& stored() const { return floats_ ? static_cast<RowStore&>(*floats_) : *coarse_; }

  size_t dimensions_;
  DotMode dot_mode_;
  size_t size_ = 0;
  std::unique_ptr<RowStore> coarse_;   // the smaller form; null for kF32
  std::unique_ptr<FloatRows> floats_;  // null for a smaller form without re-scoring
  std::unique_ptr<Graph> graph_;
  std::unique_ptr<Graph> unfinished_;
  AlignedBuffer<Hit> hits_;  // of the last search
};

}  // namespace kinvec
