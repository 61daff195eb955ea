// The JavaScript face of vector indexes. web/native/search_module.ts mirrors it.

#include "../src/search/flat_index.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

class FlatIndexBinding {
 public:
  FlatIndexBinding(size_t dimensions, int precision, bool rescore)
      : index_({dimensions, static_cast<kinvec::Precision>(precision), rescore, dot_mode}) {}

  size_t bytes_per_row() const { return index_.bytes_per_row(); }
  Status reserve(size_t count) { return status_of(index_.reserve(count)); }
  Status add(uintptr_t vectors, size_t count) {
    return status_of(index_.add(pointer<const float>(vectors), count));
  }
  Status replace(uintptr_t rows, uintptr_t vectors, size_t count) {
    return status_of(
        index_.replace(pointer<const uint32_t>(rows), pointer<const float>(vectors), count));
  }
  Status remove(uintptr_t rows, size_t count) {
    return status_of(index_.remove(pointer<const uint32_t>(rows), count));
  }
  void clear() { index_.clear(); }

  size_t stored_bytes() const { return index_.stored_bytes(); }
  void save(size_t first, size_t count, uintptr_t rows) const {
    index_.save(first, count, pointer<std::byte>(rows));
  }
  Status restore(uintptr_t rows, size_t count) {
    return status_of(index_.restore(pointer<const std::byte>(rows), count));
  }

  Status search(uintptr_t queries, size_t count, size_t top_k, size_t candidates, uintptr_t allowed,
                size_t effort) {
    const kinvec::RowMask mask(pointer<const uint8_t>(allowed));
    const auto found =
        index_.search(pointer<const float>(queries), count, {top_k, candidates, mask, effort});
    if (found) hits_ = address(found->data());
    return status_of(found);
  }
  // Where [count, min(top_k, rows allowed)] pairs of a row (u32) and a score (f32) are.
  uintptr_t hits() const { return hits_; }

  Status score_all(uintptr_t queries, size_t count, uintptr_t scores) const {
    return status_of(
        index_.score_all(pointer<const float>(queries), count, pointer<float>(scores)));
  }

  Status begin_graph(size_t neighbors, size_t effort) {
    return status_of(index_.begin_graph({neighbors, effort}));
  }
  // Rows that are left, or minus the code of an error; graphError() has its status.
  int link_rows(size_t count) { return rows_left(index_.link_rows(count)); }
  Status graph_error() const { return graph_error_; }
  void drop_unfinished_graph() { index_.drop_unfinished_graph(); }
  size_t graph_bytes_per_row() const {
    return index_.graph() == nullptr ? 0 : index_.graph()->bytes_per_row();
  }

  // Of the graph, which there must be.
  double levels_drawn() const { return static_cast<double>(index_.graph()->state().levels_drawn); }
  uint32_t graph_entry() const { return index_.graph()->state().entry; }
  size_t links_bytes(size_t first, size_t count) const {
    return index_.graph()->saved_bytes(first, count);
  }
  void save_links(size_t first, size_t count, uintptr_t bytes) const {
    index_.graph()->save(first, count, pointer<std::byte>(bytes));
  }
  int restore_links(uintptr_t bytes, size_t size) {
    return rows_left(index_.restore_links({pointer<const std::byte>(bytes), size}));
  }
  Status finish_restoring_graph(double levels_drawn, uint32_t entry) {
    return status_of(index_.finish_restoring_graph({static_cast<uint64_t>(levels_drawn), entry}));
  }

 private:
  int rows_left(const kinvec::Result<size_t>& left) {
    if (left) return static_cast<int>(*left);
    graph_error_ = status_of(left.error());
    return -graph_error_.code;
  }

  kinvec::FlatIndex index_;
  uintptr_t hits_ = 0;
  Status graph_error_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_index) {
  emscripten::class_<FlatIndexBinding>("FlatIndex")
      .constructor<size_t, int, bool>()
      .function("bytesPerRow", &FlatIndexBinding::bytes_per_row)
      .function("reserve", &FlatIndexBinding::reserve)
      .function("add", &FlatIndexBinding::add)
      .function("replace", &FlatIndexBinding::replace)
      .function("remove", &FlatIndexBinding::remove)
      .function("clear", &FlatIndexBinding::clear)
      .function("storedBytes", &FlatIndexBinding::stored_bytes)
      .function("save", &FlatIndexBinding::save)
      .function("restore", &FlatIndexBinding::restore)
      .function("search", &FlatIndexBinding::search)
      .function("hits", &FlatIndexBinding::hits)
      .function("scoreAll", &FlatIndexBinding::score_all)
      .function("beginGraph", &FlatIndexBinding::begin_graph)
      .function("linkRows", &FlatIndexBinding::link_rows)
      .function("graphError", &FlatIndexBinding::graph_error)
      .function("dropUnfinishedGraph", &FlatIndexBinding::drop_unfinished_graph)
      .function("graphBytesPerRow", &FlatIndexBinding::graph_bytes_per_row)
      .function("levelsDrawn", &FlatIndexBinding::levels_drawn)
      .function("graphEntry", &FlatIndexBinding::graph_entry)
      .function("linksBytes", &FlatIndexBinding::links_bytes)
      .function("saveLinks", &FlatIndexBinding::save_links)
      .function("restoreLinks", &FlatIndexBinding::restore_links)
      .function("finishRestoringGraph", &FlatIndexBinding::finish_restoring_graph);
}

}  // namespace kinvec_binding
