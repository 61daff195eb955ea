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
  Status replace(size_t row, uintptr_t vector) {
    return status_of(index_.replace(row, pointer<const float>(vector)));
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

  Status search(uintptr_t queries, size_t count, size_t top_k, size_t candidates,
                uintptr_t allowed) {
    const kinvec::RowMask mask(pointer<const uint8_t>(allowed));
    const auto found =
        index_.search(pointer<const float>(queries), count, {top_k, candidates, mask});
    if (found) hits_ = address(found->data());
    return status_of(found);
  }
  // Where [count, min(top_k, rows allowed)] pairs of a row (u32) and a score (f32) are.
  uintptr_t hits() const { return hits_; }

  Status score_all(uintptr_t queries, size_t count, uintptr_t scores) const {
    return status_of(
        index_.score_all(pointer<const float>(queries), count, pointer<float>(scores)));
  }

 private:
  kinvec::FlatIndex index_;
  uintptr_t hits_ = 0;
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
      .function("scoreAll", &FlatIndexBinding::score_all);
}

}  // namespace kinvec_binding
