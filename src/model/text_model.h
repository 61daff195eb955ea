// A text encoder: token ids to hidden rows (tables and a norm), then the encoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "../kernels/aligned_buffer.h"
#include "config.h"
#include "embedding_table.h"
#include "encoder.h"

namespace kinvec {

/// The front end: word + position + token type 0, then LayerNorm. Of a static model, whose
/// `type_row` is empty, the word alone.
struct TextEmbedding {
  EmbeddingTable words;
  EmbeddingTable positions;
  std::vector<float> type_row;  // [hidden], token type 0
  Norm norm;
  float epsilon = 1e-12F;
  int64_t unknown_id = -1;  // of a static model: has no vector worth a place in a mean

  /// ids [offsets.back()] to hidden [n_tokens, hidden_size]. Ids must be below words.rows() and
  /// sequences no longer than positions.rows().
  void rows(std::span<const int32_t> ids, std::span<const uint32_t> offsets, float* hidden) const;
};

struct TextModel {
  TextEmbedding embedding;
  Encoder encoder;
  std::vector<AlignedBuffer<std::byte>> buffers;  // weights that are not in the file's block
  size_t owned_bytes = 0;                         // of buffers
  WeightDtype dtype = WeightDtype::kF32;
};

}  // namespace kinvec
