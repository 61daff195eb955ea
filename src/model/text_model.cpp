#include "text_model.h"

#include "../kernels/norm.h"
#include "../kernels/simd.h"

namespace kinvec {

void TextEmbedding::rows(std::span<const int32_t> ids, std::span<const uint32_t> offsets,
                         float* hidden) const {
  const size_t width = words.width();
  if (type_row.empty()) {
    for (size_t t = 0; t < offsets.back(); ++t) {
      words.row(static_cast<size_t>(ids[t]), hidden + t * width);
    }
    return;
  }
  std::vector<float> position(width);
  for (size_t s = 0; s + 1 < offsets.size(); ++s) {
    for (size_t t = offsets[s]; t < offsets[s + 1]; ++t) {
      float* row = hidden + t * width;
      words.row(static_cast<size_t>(ids[t]), row);
      positions.row(t - offsets[s], position.data());
      for (size_t i = 0; i < width; i += 4) {
        store(row + i, load_f32x4(row + i) + load_f32x4(position.data() + i) +
                           load_f32x4(type_row.data() + i));
      }
    }
  }
  layer_norm(hidden, offsets.back(), norm.gamma, norm.beta, width, epsilon);
}

}  // namespace kinvec
