// A table of vectors that stays as the file stores it; rows are decoded when looked up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
  size_t width() const { return width_; }
  bool holds_floats() const { return is_float(type_); }

  /// Decodes row `i` (below rows()) into out [width].
  void row(size_t i, float* out) const;

  /// The mean of rows `ids` into out [width], the row `left_out` passed over wherever it is among
  /// them. No rows give zeros.
  void mean(std::span<const int32_t> ids, int64_t left_out, float* out) const;

 private:
  void add_row(size_t i, float* out) const;

  TensorType type_ = TensorType::kF32;
  const std::byte* data_ = nullptr;
  const float* scales_ = nullptr;  // [rows], int8 rows only
  size_t rows_ = 0;
  size_t width_ = 0;
  size_t row_bytes_ = 0;
};

}  // namespace kinvec
