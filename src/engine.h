// The facade: a model file's bytes in, vectors out. One engine serves one model and holds no
// process-wide state.
//
// Use: reserve_model, fill the block, load; then, as often as wanted: reserve_texts, fill,
// tokenize, begin_embed, embed_next until all are done, vectors. Work comes in calls of about 512
// tokens, so that a caller can show progress or stop between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "error.h"
#include "gguf.h"
#include "kernels/aligned_buffer.h"
#include "model/model_info.h"
#include "model/registry.h"
#include "tokenizer/token_strings.h"
#include "tokenizer/tokenizer.h"
#include "xxh64.h"

namespace kinvec {

struct EngineOptions {
  std::optional<WeightDtype> dtype;
  std::optional<Pooling> pooling;  // overrides the file's
  DotMode dot_mode = DotMode::kUnsigned;
  bool verify_checksum = true;  // when the file states one
};

class Engine {
 public:
  /// Memory for a model file of `bytes`; null when there is none.
  std::byte* reserve_model(size_t bytes);

  /// Says that the block's first `bytes` are there, so that what can be done is done before the
  /// rest: the tokenizer is read and the weights so far are hashed. Not needed before load().
  void model_arrived(size_t bytes);

  /// Reads the block. On error the engine holds no model and may be given another block.
  Result<void> load(const EngineOptions& options);

  const ModelInfo& info() const { return info_; }
  size_t arena_bytes() const;

  /// Memory for `count` texts of together `bytes` of UTF-8; null when there is none.
  /// Forgets earlier texts, encodings and vectors.
  char* reserve_texts(size_t bytes, size_t count);

  /// [count], to be filled with the end of each text in the block, ascending.
  std::span<uint32_t> text_ends() { return text_ends_; }

  /// Encodes all texts. max_tokens counts special tokens; 0 means the model's limit, and no limit
  /// above the model's positions is granted. A longer text is cut at its end, or with `windows`
  /// into several that overlap by an eighth.
  Result<void> tokenize(bool add_special_tokens, size_t max_tokens, bool windows = false);

  /// Instead: takes the block as token ids, int32 end to end, and text_ends() as ends in ids. They
  /// stand as they are given, special tokens included, and must be no more than the model's
  /// positions for each text.
  Result<void> take_ids();

  std::span<const int32_t> ids() const { return ids_; }
  std::span<const uint32_t> window_offsets() const { return window_offsets_; }  // [windows + 1]
  std::span<const uint32_t> text_windows() const { return text_windows_; }      // [count + 1]
  std::span<const int32_t> token_offsets() const { return token_offsets_; }  // [2 * tokens], UTF-16
  std::span<const uint32_t> full_token_counts() const { return full_token_counts_; }  // [count]
  const TokenStrings& token_strings();  // of ids(), until the next call

  /// Prepares vectors of the encoded texts: `dimensions` 0 for all, else the first so many (before
  /// normalising). DIMENSION_MISMATCH when there are not so many. The vector of a text in several
  /// windows is the mean of theirs, weighted by their numbers of tokens.
  Result<void> begin_embed(size_t dimensions, bool normalize);

  /// Embeds the next windows, about 512 tokens of them. Answers how many texts are done in all.
  Result<size_t> embed_next();

  std::span<const float> vectors() const { return vectors_; }  // [count, dimensions]

  /// Runs one encoded text, or the first of its windows, and keeps what was asked for.
  /// INVALID_ARGUMENT for an index out of range.
  Result<void> trace(size_t index, bool hidden_states, bool attentions);
  std::span<const float> hidden_states() const {
    return hidden_states_;
  }  // [layers + 1, n, hidden]
  std::span<const float> attentions() const { return attentions_; }  // [layers, heads, n, n]

  /// Prepares the first pass of a Calibration over the encoded texts; embed_next runs it.
  Result<void> begin_calibration();
  /// Prepares a further pass, which finds second moments, see Calibration::begin_moments.
  Result<void> begin_moments(size_t first_layer, size_t n_layers);
  /// Null before begin_calibration().
  const Calibration* calibration() const { return calibration_.get(); }

 private:
  Result<void> read_block(const EngineOptions& options);
  Result<void> run(size_t first, size_t last, const EncoderTrace& trace);
  void forget_texts();
  void forget_tokens();
  Result<void> add_texts(const EncodeOptions& options);
  Result<void> add_window(const Tokens& tokens);
  void add_pooled(size_t window, std::span<const float> pooled);

  AlignedBuffer<std::byte> block_;
  std::unique_ptr<Gguf> gguf_;  // from when the header has arrived
  size_t header_wanted_ = 0;    // bytes from which on it is looked for again
  std::unique_ptr<Tokenizer> early_tokenizer_;
  Xxh64 weights_hash_;
  std::unique_ptr<Tokenizer> tokenizer_;
  std::unique_ptr<TokenizerScratch> tokenizer_scratch_;
  Encoding encoding_;  // of one text
  std::optional<TextModel> model_;
  ModelInfo info_;

  std::vector<char> text_bytes_;
  std::vector<uint32_t> text_ends_;
  std::vector<int32_t> ids_;
  std::vector<uint32_t> window_offsets_{0};
  std::vector<uint32_t> text_windows_{0};
  std::vector<int32_t> token_offsets_;
  std::vector<uint32_t> full_token_counts_;
  TokenStrings token_strings_;

  std::vector<float> hidden_;          // rows of the texts being encoded
  std::vector<uint32_t> run_offsets_;  // their offsets, starting at 0
  size_t dimensions_ = 0;
  bool normalize_ = true;
  size_t windows_done_ = 0;
  size_t done_ = 0;  // texts embedded
  std::vector<float> vectors_;
  std::vector<float> hidden_states_;
  std::vector<float> attentions_;
  std::unique_ptr<Calibration> calibration_;
};

}  // namespace kinvec
