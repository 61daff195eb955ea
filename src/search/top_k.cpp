#include "top_k.h"

#include <limits>

namespace kinvec {

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Puts `hit` in the place of `i` in a heap, which has the worst hit in front, and lets it sink
// below worse ones: the one step that all else needs. The standard library's heaps are more code.
void sink(std::span<Hit> heap, size_t i, Hit hit) {
  for (size_t child = 2 * i + 1; child < heap.size(); child = 2 * i + 1) {
    if (child + 1 < heap.size() && better(heap[child], heap[child + 1])) ++child;
    if (better(heap[child], hit)) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = hit;
}

void make_heap(std::span<Hit> hits) {
  for (size_t i = hits.size() / 2; i-- > 0;) sink(hits, i, hits[i]);
}

}  // namespace

TopK::TopK(std::span<Hit> storage)
    : storage_(storage), threshold_(storage.empty() ? kInfinity : -kInfinity) {}

void TopK::insert(const Hit& hit) {
  if (size_ == storage_.size()) {
    sink(storage_, 0, hit);
  } else {
    storage_[size_++] = hit;
    if (size_ < storage_.size()) return;
    make_heap(storage_);
  }
  threshold_ = storage_.front().score;
}

void sort_hits(std::span<Hit> hits) {
  make_heap(hits);
  for (size_t n = hits.size(); n-- > 1;) {
    const Hit worst = hits[0];
    sink(hits.first(n), 0, hits[n]);
    hits[n] = worst;
  }
}

}  // namespace kinvec
