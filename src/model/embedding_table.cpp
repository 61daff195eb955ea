#include "embedding_table.h"

#include <string>

#include "../concat.h"
#include "tensors.h"

namespace kinvec {

Result<EmbeddingTable> EmbeddingTable::from_gguf(const Gguf& gguf, const std::string& name,
                                                 size_t min_rows, size_t width) {
  const auto tensor = find_matrix(gguf, name + ".weight", width);
  if (!tensor) return tensor.error();
  EmbeddingTable table;
  table.type_ = (*tensor)->type;
  table.data_ = (*tensor)->data.data();
  table.rows_ = (*tensor)->rows();
  table.width_ = width;
  table.row_bytes_ = (*tensor)->data.size() / table.rows_;
  if (table.rows_ < min_rows) {
    return format_error(concat({"tensor \"", name, ".weight\" has ", table.rows_, " rows; ",
                                min_rows, " are needed"}),
                        static_cast<int64_t>((*tensor)->offset));
  }
  if (table.type_ == TensorType::kI8) {
    const auto scales = find_vector(gguf, name + ".scale", table.rows_);
    if (!scales) return scales.error();
    table.scales_ = *scales;
  }
  return table;
}

void EmbeddingTable::row(size_t i, float* out) const {
  dequantize(type_, data_ + i * row_bytes_, width_, out);
  if (scales_ == nullptr) return;
  for (size_t c = 0; c < width_; ++c) out[c] *= scales_[i];
}

}  // namespace kinvec
