// An owned, 64-byte aligned array without constructors: the memory of weights and activations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>

namespace kinvec {

inline constexpr size_t kBufferAlignment = 64;

/// Memory for std::free, a multiple of the alignment; null when there is none left. Near the end of
/// a 32-bit address space the allocator's sums may wrap around, and what it answers is then too
/// small.
inline void* allocate_aligned(size_t bytes) {
  void* const memory = std::aligned_alloc(kBufferAlignment, bytes);
  if (reinterpret_cast<uintptr_t>(memory) <= UINTPTR_MAX - bytes) return memory;
  std::free(memory);
  return nullptr;
}

template <class T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;

  /// `count` uninitialised values; data() is null when there is no memory left.
  explicit AlignedBuffer(size_t count)
      : data_(static_cast<T*>(allocate_aligned(padded_bytes(count)))), size_(count) {}

  T* data() const { return data_.get(); }
  size_t size() const { return size_; }
  T& operator[](size_t i) const { return data_.get()[i]; }

 private:
  struct Free {
    void operator()(T* p) const { std::free(p); }
  };

  // aligned_alloc wants a multiple of the alignment; one vector more lets kernels read past the
  // end.
  static size_t padded_bytes(size_t count) {
    return (count * sizeof(T) + kBufferAlignment + 63) / kBufferAlignment * kBufferAlignment;
  }

  std::unique_ptr<T[], Free> data_;
  size_t size_ = 0;
};

}  // namespace kinvec
