// A table of vectors that stays as the file stores it; rows are decoded when looked up.
#pragma once

#include <cstddef>
#include <string_view>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

class EmbeddingTable {
 public:
  EmbeddingTable() = default;

  /// Finds `<name>.weight` (and for int8 rows `<name>.scale`) and checks that it is [rows, width]
  /// with at least `min_rows` rows. The table reads the file's bytes, which must stay.
  static Result<EmbeddingTable> from_gguf(const Gguf& gguf, const std::string& name,
                                          size_t min_rows, size_t width);

  size_t rows() const { return rows_; }

  /// Decodes row `i` (below rows()) into out [width].
  void row(size_t i, float* out) const;

 private:
  TensorType type_ = TensorType::kF32;
  const std::byte* data_ = nullptr;
  const float* scales_ = nullptr;  // [rows], int8 rows only
  size_t rows_ = 0;
  size_t width_ = 0;
  size_t row_bytes_ = 0;
};

}  // namespace kinvec
