// The JavaScript face of vector indexes. web/native/module.ts mirrors it.

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
  void clear() { index_.clear(); }

  Status search(uintptr_t queries, size_t count, size_t top_k, size_t candidates) {
    const auto found = index_.search(pointer<const float>(queries), count, top_k, candidates);
    if (found) hits_ = address(found->data());
    return status_of(found);
  }
  // Where [count, min(top_k, size)] pairs of a row (u32) and a score (f32) are.
  uintptr_t hits() const { return hits_; }

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
      .function("clear", &FlatIndexBinding::clear)
      .function("search", &FlatIndexBinding::search)
      .function("hits", &FlatIndexBinding::hits);
}

}  // namespace kinvec_binding
