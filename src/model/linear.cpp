#include "linear.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "../concat.h"
#include "tensors.h"

namespace kinvec {

namespace {

// Decodes row `r` of a tensor to f32; int8 rows have their scale applied.
void decode_row(const GgufTensor& tensor, const float* scales, size_t r, float* out) {
  const size_t width = tensor.columns();
  const size_t row_bytes = tensor.data.size() / tensor.rows();
  dequantize(tensor.type, tensor.data.data() + r * row_bytes, width, out);
  if (scales == nullptr) return;
  for (size_t i = 0; i < width; ++i) out[i] *= scales[r];
}

bool all_finite(const float* x, size_t n) {
  return std::all_of(x, x + n, [](float v) { return std::isfinite(v); });
}

Error not_finite(const GgufTensor& tensor) {
  return {ErrorCode::kModelFormat,
          concat({"tensor \"", tensor.name, "\" holds a value that is not finite"}),
          static_cast<int64_t>(tensor.offset)};
}

}  // namespace

template <class T>
Result<T*> LinearLoader::allocate(size_t count) {
  AlignedBuffer<std::byte> buffer(count * sizeof(T));
  if (buffer.data() == nullptr) {
    return Error{ErrorCode::kOutOfMemory, "there is no memory left for the model's weights"};
  }
  T* values = reinterpret_cast<T*>(buffer.data());
  owned_bytes_ += count * sizeof(T);
  buffers_.push_back(std::move(buffer));
  return values;
}

Result<Linear> LinearLoader::load(const std::vector<std::string>& parts, const std::string& fused,
                                  size_t in, size_t out) {
  Linear linear;
  linear.in = in;
  linear.out = out;
  linear.dtype = dtype_;

  std::vector<const GgufTensor*> tensors;
  std::vector<const float*> scales;  // per part; null unless the part is int8
  for (const std::string& part : parts) {
    const auto tensor = find_matrix(gguf_, part + ".weight", in);
    if (!tensor) return tensor.error();
    if ((*tensor)->rows() != out / parts.size()) {
      return format_error(concat({"tensor \"", part, ".weight\" has ", (*tensor)->rows(), " rows; ",
                                  out / parts.size(), " are needed"}),
                          static_cast<int64_t>((*tensor)->offset));
    }
    tensors.push_back(*tensor);
    scales.push_back(nullptr);
    if ((*tensor)->type == TensorType::kI8) {
      const auto scale = find_vector(gguf_, part + ".scale", (*tensor)->rows());
      if (!scale) return scale.error();
      scales.back() = *scale;
    }
  }

  if (auto bias = load_bias(parts, linear); !bias) return bias.error();
  if (auto smooth = load_smooth(fused, linear); !smooth) return smooth.error();
  if (auto first = load_first_token(fused, linear); !first) return first.error();
  auto packed = dtype_ == WeightDtype::kF32 ? pack_f32(tensors, scales, linear)
                                            : pack_int8(tensors, scales, linear);
  if (!packed) return packed.error();
  return linear;
}

Result<void> LinearLoader::load_bias(const std::vector<std::string>& parts, Linear& linear) {
  const size_t part_size = linear.out / parts.size();
  if (parts.size() == 1) {
    const auto bias = find_vector(gguf_, parts[0] + ".bias", part_size);
    if (!bias) return bias.error();
    linear.bias = *bias;
    return {};
  }
  const auto fused = allocate<float>(linear.out);
  if (!fused) return fused.error();
  for (size_t p = 0; p < parts.size(); ++p) {
    const auto bias = find_vector(gguf_, parts[p] + ".bias", part_size);
    if (!bias) return bias.error();
    std::copy_n(*bias, part_size, *fused + p * part_size);
  }
  linear.bias = *fused;
  return {};
}

Result<void> LinearLoader::load_smooth(const std::string& fused, Linear& linear) {
  const auto smooth = find_optional_vector(gguf_, fused + ".smooth", linear.in);
  if (!smooth) return smooth.error();
  if (*smooth == nullptr) return {};
  const auto inverse = allocate<float>(linear.in);
  if (!inverse) return inverse.error();
  for (size_t i = 0; i < linear.in; ++i) {
    (*inverse)[i] = 1.0F / (*smooth)[i];
    if (!((*smooth)[i] > 0.0F) || !std::isfinite((*inverse)[i])) {
      return format_error(concat({"tensor \"", fused, ".smooth\" must be positive"}));
    }
  }
  linear.inverse_smooth = *inverse;
  return {};
}

Result<void> LinearLoader::load_first_token(const std::string& fused, Linear& linear) {
  if (linear.dtype == WeightDtype::kF32) return {};  // the same sum either way: not needed
  const auto mean = find_optional_vector(gguf_, fused + ".first_mean", linear.in);
  if (!mean) return mean.error();
  const auto bias = find_optional_vector(gguf_, fused + ".first_bias", linear.out);
  if (!bias) return bias.error();
  if ((*mean == nullptr) != (*bias == nullptr)) {
    return format_error(concat({"\"", fused, "\" has only one of first_mean and first_bias"}));
  }
  linear.first_mean = *mean;
  linear.first_bias = *bias;
  return {};
}

Result<void> LinearLoader::pack_int8(const std::vector<const GgufTensor*>& tensors,
                                     const std::vector<const float*>& scales, Linear& linear) {
  const size_t k = linear.in;
  const auto ksum = allocate<int32_t>(linear.out);
  if (!ksum) return ksum.error();
  AlignedBuffer<int8_t> scratch(kPanelChannels * k);
  if (scratch.data() == nullptr) {
    return Error{ErrorCode::kOutOfMemory, "there is no memory left for the model's weights"};
  }
  linear.int8 = {nullptr, nullptr, *ksum, linear.out, k};

  if (tensors.size() == 1 && tensors[0]->type == TensorType::kI8) {
    auto* rows = reinterpret_cast<int8_t*>(block_.data() + tensors[0]->offset);
    linear.int8.scales = scales[0];
    if (dtype_ == WeightDtype::kInt7) {
      const auto narrowed = allocate<float>(linear.out);
      if (!narrowed) return narrowed.error();
      const float ratio = narrow_int8_to_int7(rows, linear.out * k);
      for (size_t r = 0; r < linear.out; ++r) (*narrowed)[r] = scales[0][r] * ratio;
      linear.int8.scales = *narrowed;
    }
    pack_int8_in_place(rows, linear.out, k, *ksum, scratch.data());
    linear.int8.values = rows;
    return {};
  }

  const auto rows = allocate<int8_t>(linear.out * k);
  if (!rows) return rows.error();
  const auto row_scales = allocate<float>(linear.out);
  if (!row_scales) return row_scales.error();
  std::vector<float> decoded(k);
  size_t out_row = 0;
  for (size_t p = 0; p < tensors.size(); ++p) {
    for (size_t r = 0; r < tensors[p]->rows(); ++r, ++out_row) {
      decode_row(*tensors[p], scales[p], r, decoded.data());
      if (!all_finite(decoded.data(), k)) return not_finite(*tensors[p]);
      (*row_scales)[out_row] =
          quantize_row_int8(decoded.data(), k, *rows + out_row * k, weight_limit(dtype_));
    }
  }
  pack_int8_in_place(*rows, linear.out, k, *ksum, scratch.data());
  linear.int8.values = *rows;
  linear.int8.scales = *row_scales;
  return {};
}

Result<void> LinearLoader::pack_f32(const std::vector<const GgufTensor*>& tensors,
                                    const std::vector<const float*>& scales, Linear& linear) {
  const size_t k = linear.in;
  const auto panels = allocate<float>(linear.out * k);
  if (!panels) return panels.error();
  std::vector<float> rows(kPanelChannels * k);
  size_t out_row = 0;
  for (size_t p = 0; p < tensors.size(); ++p) {
    for (size_t r = 0; r < tensors[p]->rows(); ++r, ++out_row) {
      float* row = rows.data() + out_row % kPanelChannels * k;
      decode_row(*tensors[p], scales[p], r, row);
      if (!all_finite(row, k)) return not_finite(*tensors[p]);
      // Weights are stored times the smoothing vector, which only 8-bit activations need.
      if (linear.inverse_smooth != nullptr) {
        for (size_t i = 0; i < k; ++i) row[i] *= linear.inverse_smooth[i];
      }
      if (out_row % kPanelChannels == kPanelChannels - 1) {
        pack_float_panel(rows.data(), k, *panels + (out_row + 1 - kPanelChannels) * k);
      }
    }
  }
  linear.f32 = {*panels, linear.out, k};
  linear.inverse_smooth = nullptr;
  return {};
}

}  // namespace kinvec
