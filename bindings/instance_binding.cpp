// What every module that runs the int8 kernels offers: their probe, memory and checksums.
// web/native/module.ts mirrors it.

#include <cstdlib>

#include "../src/kernels/aligned_buffer.h"
#include "../src/kernels/probe.h"
#include "../src/xxh64.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

int probe_dot(int weight_limit) {
  const auto mode = kinvec::probe_dot(weight_limit);
  return mode ? static_cast<int>(*mode) : 2;
}

void set_dot_mode(int mode) {
  dot_mode = mode == 1 ? kinvec::DotMode::kSigned : kinvec::DotMode::kUnsigned;
}

uintptr_t allocate(size_t bytes) {
  const size_t padded = (bytes / kinvec::kBufferAlignment + 1) * kinvec::kBufferAlignment;
  return address(kinvec::allocate_aligned(padded));
}

void release(uintptr_t block) { std::free(pointer<void>(block)); }

std::string xxh64(uintptr_t block, size_t bytes) {
  return kinvec::hex16(kinvec::xxh64({pointer<const std::byte>(block), bytes}));
}

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_instance) {
  emscripten::function("probeDot", &probe_dot);
  emscripten::function("setDotMode", &set_dot_mode);
  emscripten::function("allocate", &allocate);
  emscripten::function("release", &release);
  emscripten::function("xxh64", &xxh64);
}

}  // namespace kinvec_binding
