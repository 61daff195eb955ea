// A graph in which each row is linked to rows near it, on levels of which each higher one has fewer
// rows: a search walks from level to level to the neighbourhood of its query and looks at some
// hundreds of rows instead of all. Malkov and Yashunin, "Efficient and robust approximate nearest
// neighbor search using Hierarchical Navigable Small World graphs", arXiv:1603.09320.
//
// Nearness is the dot product of 8-bit copies of the rows, the same bits in every build. Levels
// come from a counter, so the same rows in the same order make the same graph everywhere.
#pragma once

#include "../error.h"
#include "candidate_pool.h"
#include "code_rows.h"
#include "graph_links.h"
#include "row_set.h"

namespace kinvec {

struct GraphOptions {
  /// Links of a row on each level ("M"); up to twice as many on the lowest.
  size_t neighbors = 16;
  /// Candidates among which a new row's links are chosen ("efConstruction").
  size_t effort = 128;
};

class Graph {
 public:
  static constexpr size_t kMostNeighbors = 64;
  static constexpr size_t kHighestLevel = 15;
  static constexpr uint32_t kNone = ~0U;

  /// options.neighbors 2 to kMostNeighbors, options.effort at least 1.
  Graph(const GraphOptions& options, size_t dimensions, DotMode mode);
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  /// Whether there was memory for what a graph needs besides its rows.
  explicit operator bool() const;

  const GraphOptions& options() const { return options_; }
  /// Rows [0, size()) are linked.
  size_t size() const { return links_.size(); }
  /// Memory of a row, on average.
  size_t bytes_per_row() const;

  /// Makes room for `rows` rows in all: linking them cannot fail. False when there is no memory.
  bool reserve(size_t rows);
  /// Gives back memory that the rows do not need.
  void shrink();

  /// Appends a row, for which there is room. vector [dimensions]
  void link(const float* vector);

  /// About the `effort` best rows, best first; valid until the next call. Any rows may be missing.
  /// OUT_OF_MEMORY.
  Result<std::span<const Candidate>> search(const float* query, size_t effort);

  /// Takes out `count` rows; those behind them move up, and what was linked to them is linked anew.
  /// Rows that are not linked yet are passed over. `renumbered` [size()] is to work in.
  void remove(const uint32_t* rows, size_t count, uint32_t* renumbered);

  /// Takes rows out of the graph, but not their places. Those that are linked are to be put back
  /// one by one by relink() before anything else is done.
  void detach(const uint32_t* rows, size_t count);
  void relink(uint32_t row, const float* vector);

  /// The state besides rows and links that a file keeps.
  struct State {
    uint64_t levels_drawn = 0;
    uint32_t entry = kNone;
  };
  State state() const { return {levels_drawn_, entry_}; }

  /// Bytes of rows [first, first + count) in a file, and the bytes themselves: of each row its
  /// level (u8), then for each level from 0 up how many links (u8) and which rows (u32).
  size_t saved_bytes(size_t first, size_t count) const;
  void save(size_t first, size_t count, std::byte* bytes) const;

  /// Appends the row that save() wrote at the beginning of `bytes`, and answers how many of them it
  /// took. Which rows its links name is not looked at before finish_restoring(). MODEL_FORMAT,
  /// OUT_OF_MEMORY.
  Result<size_t> restore(std::span<const std::byte> bytes, const float* vector);
  /// Ends the restoring of all rows. Until then nothing else may be done. MODEL_FORMAT (at = the
  /// row) for what save() never writes, OUT_OF_MEMORY.
  Result<void> finish_restoring(const State& state);

 private:
  /// Links a row that has codes and a level, and no links.
  void connect(uint32_t row);
  /// Leaves in pool_, of that capacity, the one candidate from which a walk on `level` begins.
  void enter(size_t level, size_t capacity);
  /// Fills pool_ with rows of `level` near query_, from those that are in it.
  void walk(size_t level);
  /// Links `from` to `to`. Of a list that is full, the best are kept.
  void add_link(uint32_t from, uint32_t to, size_t level);
  /// Chooses links for `row` from candidates, best first, whose scores are with it.
  std::span<const uint32_t> choose(uint32_t row, std::span<const Candidate> candidates,
                                   size_t most);
  bool nearer_to_chosen(const Candidate& candidate, size_t n_chosen) const;

  /// Chooses links for a row that is linked to rows that are gone: in their place to those that
  /// they were linked to.
  void repair(uint32_t row, size_t level);
  /// The rows that are left among the links of `row`, and of rows that are gone and linked to it;
  /// writes at most kMostGathered, and answers how many.
  static constexpr size_t kMostGathered = 512;
  size_t gather(uint32_t row, size_t level, uint32_t* rows);
  /// Has the links of each row in relinked_ answered.
  void answer_links();
  void connect_again(uint32_t row);
  /// Makes the first row of the highest level that is left the entry.
  void choose_entry();

  GraphOptions options_;
  CodeRows codes_;
  GraphLinks links_;
  uint64_t levels_drawn_ = 0;
  uint32_t entry_ = kNone;  // a row of the highest level

  // What a walk and the choice of links work in.
  RowSet visited_;
  RowSet gone_;      // rows that are being taken out
  RowSet relinked_;  // rows whose links are to be answered
  CandidatePool pool_;
  CandidatePool near_;  // candidates for the links of one row
  CodeQuery query_;     // the row or vector that is looked for
  CodeQuery other_;
  uint32_t chosen_[2 * kMostNeighbors];
};

}  // namespace kinvec
