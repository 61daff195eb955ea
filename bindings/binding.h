// What the bindings have in common: outcomes, addresses and views. The bindings are the JavaScript
// face of the core, names and value conversions without logic, and alone know Emscripten.
#pragma once

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <string>

#include "../src/error.h"
#include "../src/kernels/activation_rows.h"
#include "../src/kernels/aligned_buffer.h"

namespace kinvec_binding {

using emscripten::val;

/// The mode found by the probe, for models and indexes made from then on.
inline kinvec::DotMode dot_mode = kinvec::DotMode::kUnsigned;

struct Status {
  int code = 0;
  std::string message;
  double at = -1;
};

inline Status status_of(const kinvec::Error& error) {
  return {static_cast<int>(error.code), error.message, static_cast<double>(error.at)};
}

template <class T>
Status status_of(const kinvec::Result<T>& result) {
  return result ? Status() : status_of(result.error());
}

inline uintptr_t address(const void* pointer) { return reinterpret_cast<uintptr_t>(pointer); }

template <class T>
T* pointer(uintptr_t address) {
  return reinterpret_cast<T*>(address);
}

template <class T>
val view(std::span<T> values) {
  return val(emscripten::typed_memory_view(values.size(), values.data()));
}

/// Memory that is kept for the next call, and grows when that needs more.
template <class T>
uintptr_t reserve(kinvec::AlignedBuffer<T>& buffer, size_t count) {
  if (buffer.data() == nullptr || buffer.size() < count) {
    buffer = kinvec::AlignedBuffer<T>();  // the old block goes before the new one comes
    buffer = kinvec::AlignedBuffer<T>(count);
  }
  return address(buffer.data());
}

/// UTF-8 for a view of bytes; of char it would be one of signed numbers.
inline std::span<const uint8_t> bytes_of(const std::string& utf8) {
  return {reinterpret_cast<const uint8_t*>(utf8.data()), utf8.size()};
}

}  // namespace kinvec_binding
