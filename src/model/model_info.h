// What a model file says of itself besides its tensors and its tokenizer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../error.h"
#include "../gguf.h"
#include "config.h"
#include "linear.h"

namespace kinvec {

/// What the file says of itself, and what was made of it.
struct ModelInfo {
  std::string architecture;
  std::string name;
  std::string license;
  std::string source;
  EncoderConfig config;
  WeightDtype dtype = WeightDtype::kF32;
  Pooling pooling = Pooling::kMean;
  bool normalize = true;
  size_t max_tokens = 0;  // special tokens included
  std::string query_prompt;
  std::string document_prompt;
  std::vector<uint32_t> matryoshka;  // sizes the model was trained to be cut to
  std::string checksum;              // as stated in the file; empty: none
  std::string content_hash;  // of what decides the vectors: the weights, and settings and tokenizer
  std::string probe_text;
  std::vector<float> probe_vector;
  size_t weight_bytes = 0;  // the file's block and what was copied from it
};

/// What the metadata says; fields that only a loaded model tells are as they are by default.
/// MODEL_VERSION for a file of a later version, POOLING_UNKNOWN where neither it nor `pooling`,
/// which goes before, says how token vectors are pooled.
Result<ModelInfo> read_model_info(const Gguf& gguf, std::optional<Pooling> pooling);

/// MODEL_HASH where the file states another checksum than that of its weights.
Result<void> check_checksum(const ModelInfo& info, uint64_t weights_hash);

/// Changes with all in the file that decides a vector, and with nothing else: settings, tokenizer
/// and prompts besides the weights, but not the name, the licence or what is there for checks.
uint64_t content_hash(const Gguf& gguf, uint64_t weights_hash);

}  // namespace kinvec
