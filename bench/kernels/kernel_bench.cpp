// The kernels one by one, for `npm run bench:kernels`: a WebAssembly module of its own that is
// never shipped. Each kernel has prepare_<kernel>(...), which allocates its operands, and
// run_<kernel>(times, ...), which the caller times. Clock and arithmetic of rates are the caller's.
//
// prepare_<kernel> is called once per instance of the module, so that no kernel's operands stand in
// the memory of another's. It answers false when memory ran out.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/kernels/attention.h"
#include "src/kernels/elementary.h"
#include "src/kernels/gemm.h"
#include "src/kernels/norm.h"

#define EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace {

using namespace kinvec;

/// Numbers from -1 to 1, by a linear congruential generator: the same in every run.
class Noise {
 public:
  float next() {
    state_ = state_ * 1664525U + 1013904223U;
    return static_cast<float>(static_cast<int32_t>(state_)) * 0x1p-31F;
  }
  int8_t next_int8() { return static_cast<int8_t>(next() * 127.0F); }

 private:
  uint32_t state_ = 1;
};

Noise noise;

AlignedBuffer<float> noisy_floats(size_t count) {
  AlignedBuffer<float> values(count);
  if (values.data() == nullptr) return values;
  for (size_t i = 0; i < count; ++i) values[i] = noise.next();
  return values;
}

size_t padded_width(size_t width) { return (width + 15) / 16 * 16; }

/// Quantised rows and the memory they point to.
struct QuantizedRows {
  AlignedBuffer<Activation> values;
  AlignedBuffer<float> scales;
  AlignedBuffer<int32_t> zero_points;
  ActivationRows rows{};

  bool allocate(size_t m, size_t k) {
    values = AlignedBuffer<Activation>(m * padded_width(k));
    scales = AlignedBuffer<float>(m);
    zero_points = AlignedBuffer<int32_t>(m);
    rows = {values.data(), padded_width(k), scales.data(), zero_points.data(), DotMode::kUnsigned};
    return values.data() != nullptr && scales.data() != nullptr && zero_points.data() != nullptr;
  }
};

/// One matrix of int8 weights and the memory it points to.
struct Int8Matrix {
  AlignedBuffer<int8_t> values;
  AlignedBuffer<float> scales;
  AlignedBuffer<int32_t> ksum;
  Int8Panels panels;

  bool allocate(size_t k, size_t n) {
    values = AlignedBuffer<int8_t>(n * k);
    scales = noisy_floats(n);
    ksum = AlignedBuffer<int32_t>(n);
    std::vector<int8_t> scratch(kPanelChannels * k);
    if (values.data() == nullptr || scales.data() == nullptr || ksum.data() == nullptr)
      return false;
    for (size_t i = 0; i < n * k; ++i) values[i] = noise.next_int8();
    pack_int8_in_place(values.data(), n, k, ksum.data(), scratch.data());
    panels = {values.data(), scales.data(), ksum.data(), n, k};
    return true;
  }
};

/// The plainest epilogue of a linear layer: out[row][channel] = value + bias[channel].
struct StoreWithBias {
  const float* bias;
  float* out;
  size_t stride;

  void operator()(size_t row, size_t channel, f32x4 low, f32x4 high) const {
    float* dst = out + row * stride + channel;
    store(dst, low + load_f32x4(bias + channel));
    store(dst + 4, high + load_f32x4(bias + channel + 4));
  }
};

// Weights alternate between calls as a model's layers do: a model's weights are larger than a
// second-level cache, so that one matrix over and over would be too kind to the kernel.
std::vector<Int8Matrix> int8_weights;
AlignedBuffer<float> float_weights;
FloatPanels float_panels;
QuantizedRows activations;
AlignedBuffer<float> input;   // f32 rows of any kernel
AlignedBuffer<float> output;  // f32 results of any kernel
AlignedBuffer<float> vectors[3];
AttentionScratch scratch;
AttentionShape shape{12, 32};  // of MiniLM

}  // namespace

EXPORT(prepare_gemm_int8)
bool prepare_gemm_int8(size_t max_m, size_t k, size_t n, size_t layers) {
  input = noisy_floats(k);
  output = AlignedBuffer<float>(max_m * n);
  vectors[0] = noisy_floats(n);
  if (!activations.allocate(max_m, k) || input.data() == nullptr || output.data() == nullptr ||
      vectors[0].data() == nullptr) {
    return false;
  }
  for (size_t r = 0; r < max_m; ++r) quantize_row(input.data(), nullptr, k, activations.rows, r);
  int8_weights = std::vector<Int8Matrix>(layers);
  for (Int8Matrix& matrix : int8_weights) {
    if (!matrix.allocate(k, n)) return false;
  }
  return true;
}

EXPORT(run_gemm_int8)
void run_gemm_int8(size_t times, size_t m) {
  for (size_t i = 0; i < times; ++i) {
    const Int8Panels& weights = int8_weights[i % int8_weights.size()].panels;
    gemm_qd8_qc8w(activations.rows, m, weights,
                  StoreWithBias{vectors[0].data(), output.data(), weights.n});
  }
}

EXPORT(prepare_gemm_f32)
bool prepare_gemm_f32(size_t max_m, size_t k, size_t n) {
  input = noisy_floats(max_m * k);
  output = AlignedBuffer<float>(max_m * n);
  vectors[0] = noisy_floats(n);
  float_weights = noisy_floats(k * n);
  float_panels = {float_weights.data(), n, k};
  return input.data() != nullptr && output.data() != nullptr && vectors[0].data() != nullptr &&
         float_weights.data() != nullptr;
}

EXPORT(run_gemm_f32)
void run_gemm_f32(size_t times, size_t m) {
  for (size_t i = 0; i < times; ++i) {
    gemm_f32(input.data(), float_panels.k, m, float_panels,
             StoreWithBias{vectors[0].data(), output.data(), float_panels.n});
  }
}

EXPORT(prepare_attention)
bool prepare_attention(size_t max_len) {
  input = noisy_floats(max_len * 3 * shape.hidden());
  output = AlignedBuffer<float>(max_len * shape.hidden());
  scratch = AttentionScratch(max_len, shape.head_dim);
  return input.data() != nullptr && output.data() != nullptr && scratch.allocated();
}

namespace {

HeadRows heads(size_t len) { return {input.data(), len * shape.head_dim}; }

}  // namespace

EXPORT(run_attention_int8)
void run_attention_int8(size_t times, size_t len) {
  for (size_t i = 0; i < times; ++i) {
    attention_int8(heads(len), len, shape, kInt8Limit, DotMode::kUnsigned, scratch, output.data(),
                   nullptr);
  }
}

EXPORT(run_attention_f32)
void run_attention_f32(size_t times, size_t len) {
  for (size_t i = 0; i < times; ++i) {
    attention_f32(heads(len), len, shape, scratch, output.data(), nullptr);
  }
}

EXPORT(prepare_rows)
bool prepare_rows(size_t rows, size_t width) {
  input = noisy_floats(rows * width);
  output = AlignedBuffer<float>(rows * width);
  for (auto& vector : vectors) vector = noisy_floats(width);
  return activations.allocate(rows, width) && input.data() != nullptr && output.data() != nullptr &&
         vectors[0].data() != nullptr && vectors[1].data() != nullptr &&
         vectors[2].data() != nullptr;
}

EXPORT(run_quantize_rows)
void run_quantize_rows(size_t times, size_t rows, size_t width) {
  for (size_t i = 0; i < times; ++i) {
    for (size_t r = 0; r < rows; ++r) {
      quantize_row(input.data() + r * width, vectors[0].data(), width, activations.rows, r);
    }
  }
}

EXPORT(run_layer_norm)
void run_layer_norm(size_t times, size_t rows, size_t width) {
  for (size_t i = 0; i < times; ++i) {
    layer_norm(input.data(), rows, vectors[1].data(), vectors[2].data(), width, 1e-12F);
  }
}

namespace {

template <class Function>
void map_rows(size_t times, size_t count) {
  const Function function;
  for (size_t i = 0; i < times; ++i) {
    for (size_t at = 0; at < count; at += 4) {
      store(output.data() + at, function(load_f32x4(input.data() + at)));
    }
  }
}

}  // namespace

EXPORT(run_gelu)
void run_gelu(size_t times, size_t rows, size_t width) { map_rows<Gelu>(times, rows * width); }

EXPORT(run_gelu_for_steps)
void run_gelu_for_steps(size_t times, size_t rows, size_t width) {
  map_rows<GeluForSteps>(times, rows * width);
}

// The walls: the multiplying instruction alone. Which loop lets it run at its full rate differs
// from processor to processor (how many sums are under way, what stands between two products), so
// there are several, and the fastest is the wall.

namespace {

constexpr size_t kUnroll = 8;
constexpr size_t kWallInputs = 64;

// varying(): a factor that differs from turn to turn where the product and the sum are two
// instructions, so that the product cannot be moved out of the loop.

struct Int8Wall {
  using Sum = i32x4;
  using Input = int32_t;
#ifdef __wasm_relaxed_simd__
  static constexpr size_t kLanes = 16;
  static i32x4 varying(i32x4 constant, i32x4 /*sum*/) { return constant; }
  static i32x4 step(i32x4 weights, i32x4 x, i32x4 sum) {
    return static_cast<i32x4>(wasm_i32x4_relaxed_dot_i8x16_i7x16_add(
        static_cast<v128_t>(weights), static_cast<v128_t>(x), static_cast<v128_t>(sum)));
  }
#else
  static constexpr size_t kLanes = 8;
  static i32x4 varying(i32x4 /*constant*/, i32x4 sum) { return sum; }
  static i32x4 step(i32x4 weights, i32x4 x, i32x4 sum) {
    return sum + static_cast<i32x4>(
                     wasm_i32x4_dot_i16x8(static_cast<v128_t>(weights), static_cast<v128_t>(x)));
  }
#endif
};

struct FloatWall {
  using Sum = f32x4;
  using Input = float;
  static constexpr size_t kLanes = 4;
  static f32x4 varying(f32x4 /*constant*/, f32x4 sum) { return sum; }
  static f32x4 step(f32x4 weights, f32x4 x, f32x4 sum) { return sum + weights * x; }
};

template <class Wall>
struct WallOperands {
  typename Wall::Input inputs[kWallInputs];
  typename Wall::Sum low;
  typename Wall::Sum high;

  WallOperands() {
    for (auto& input : inputs) input = static_cast<Wall::Input>(noise.next() * 127.0F);
    low = splat(inputs[0]);
    high = splat(inputs[1]);
  }
};

/// A tile of `rows` by two vectors of sums whose weights stay in registers: one load in two
/// products.
template <class Wall, size_t rows>
float wall_tile(size_t turns) {
  const WallOperands<Wall> operands;
  typename Wall::Sum sums[rows][2] = {};
  for (size_t i = 0; i < turns; ++i) {
    const auto* x = operands.inputs + i % 8;
    for (size_t u = 0; u < kUnroll; ++u) {
      for (size_t r = 0; r < rows; ++r) {
        const auto value = splat(x[u * rows + r]);
        sums[r][0] = Wall::step(operands.low, value, sums[r][0]);
        sums[r][1] = Wall::step(operands.high, value, sums[r][1]);
      }
    }
  }
  float total = 0.0F;
  for (auto& row : sums) total += static_cast<float>(sum(row[0]) + sum(row[1]));
  return total;
}

/// Registers only.
template <class Wall, size_t chains>
float wall_registers(size_t turns) {
  const WallOperands<Wall> operands;
  typename Wall::Sum sums[chains];
  for (size_t c = 0; c < chains; ++c) sums[c] = splat(operands.inputs[c]);
  for (size_t i = 0; i < turns; ++i) {
    for (size_t u = 0; u < kUnroll; ++u) {
      for (auto& sum : sums) sum = Wall::step(operands.low, Wall::varying(operands.high, sum), sum);
    }
  }
  float total = 0.0F;
  for (auto& one : sums) total += static_cast<float>(sum(one));
  return total;
}

template <class Wall>
float run_wall(size_t turns, int loop) {
  switch (loop) {
    case 0:
      return wall_registers<Wall, 12>(turns);
    case 1:
      return wall_tile<Wall, 3>(turns);
    case 2:
      return wall_tile<Wall, 4>(turns);
    default:
      return wall_tile<Wall, 5>(turns);
  }
}

}  // namespace

/// Multiply-accumulates of one turn of a loop (0 to 3).
EXPORT(wall_int8_macs)
size_t wall_int8_macs(int loop) {
  return kUnroll * Int8Wall::kLanes * (loop == 0 ? 12 : 2 * (loop + 2));
}

EXPORT(wall_f32_macs)
size_t wall_f32_macs(int loop) {
  return kUnroll * FloatWall::kLanes * (loop == 0 ? 12 : 2 * (loop + 2));
}

EXPORT(run_wall_int8)
float run_wall_int8(size_t turns, int loop) { return run_wall<Int8Wall>(turns, loop); }

EXPORT(run_wall_f32)
float run_wall_f32(size_t turns, int loop) { return run_wall<FloatWall>(turns, loop); }
