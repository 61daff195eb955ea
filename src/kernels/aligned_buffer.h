// An owned, 64-byte aligned array without constructors: the memory of weights and activations.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>

namespace kinvec {

inline constexpr size_t kBufferAlignment = 64;

template <class T>
class AlignedBuffer {
 public:
  AlignedBuffer() = default;

  /// `count` uninitialised values; data() is null when there is no memory left.
  explicit AlignedBuffer(size_t count)
      : data_(static_cast<T*>(std::aligned_alloc(kBufferAlignment, padded_bytes(count)))),
        size_(count) {}

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
