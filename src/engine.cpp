#include "engine.h"

#include <algorithm>
#include <cstring>

#include "concat.h"
#include "kernels/norm.h"
#include "model/pooling.h"

namespace kinvec {

namespace {

// A header is looked for in these first bytes of a file that is coming, then in twice as many.
constexpr size_t kFirstLook = size_t{4} << 10;

// Tokens encoded in one call. Larger chunks are no faster, and take more memory.
constexpr size_t kChunkTokens = 512;

// The same of a static model, which needs a microsecond where an encoder needs hundreds.
constexpr size_t kStaticChunkTokens = 16384;

Error no_model() { return {ErrorCode::kInvalidArgument, "no model is loaded"}; }

}  // namespace

std::byte* Engine::reserve_model(size_t bytes) {
  forget_texts();
  model_.reset();
  tokenizer_.reset();
  gguf_.reset();
  early_tokenizer_.reset();
  header_wanted_ = kFirstLook;
  weights_hash_ = Xxh64();
  block_ = AlignedBuffer<std::byte>();  // the old block goes before the new one comes
  block_ = AlignedBuffer<std::byte>(bytes);
  return block_.data();
}

void Engine::model_arrived(size_t bytes) {
  const std::span<const std::byte> block(block_.data(), block_.size());
  bytes = std::min(bytes, block.size());
  if (!gguf_) {
    if (bytes < header_wanted_) return;
    header_wanted_ = 2 * bytes;
    auto gguf = Gguf::parse(block, bytes);
    if (!gguf) return;  // load() will say what is wrong, if anything is
    gguf_ = std::make_unique<Gguf>(std::move(*gguf));
    if (auto tokenizer = Tokenizer::from_gguf(*gguf_)) early_tokenizer_ = std::move(*tokenizer);
  }
  const size_t rest = block.size() - bytes;
  const auto weights = gguf_->tensor_section();
  if (rest < weights.size()) weights_hash_.advance(weights.first(weights.size() - rest));
}

Result<void> Engine::load(const EngineOptions& options) {
  auto result = block_.data() == nullptr || model_.has_value()
                    ? Result<void>(Error{ErrorCode::kInvalidArgument, "no model bytes were given"})
                    : read_block(options);
  if (!result) reserve_model(0);
  return result;
}

Result<void> Engine::read_block(const EngineOptions& options) {
  const std::span<std::byte> block(block_.data(), block_.size());
  if (!gguf_) {
    auto gguf = Gguf::parse(block);
    if (!gguf) return gguf.error();
    gguf_ = std::make_unique<Gguf>(std::move(*gguf));
  }
  auto info = read_model_info(*gguf_, options.pooling);
  if (!info) return info.error();
  info_ = std::move(*info);
  const uint64_t weights_hash = weights_hash_.finish(gguf_->tensor_section());
  if (options.verify_checksum) {
    if (auto intact = check_checksum(info_, weights_hash); !intact) return intact.error();
  }
  info_.content_hash = hex16(content_hash(*gguf_, weights_hash));
  if (!early_tokenizer_) {
    auto tokenizer = Tokenizer::from_gguf(*gguf_);
    if (!tokenizer) return tokenizer.error();
    early_tokenizer_ = std::move(*tokenizer);
  }
  auto model = load_text_model(*gguf_, block, {options.dtype, options.dot_mode});
  if (!model) return model.error();
  if (auto room = model->encoder.reserve(kChunkTokens); !room) return room.error();
  if (model->encoder.config().n_layers == 0 && info_.pooling != Pooling::kMean) {
    return Error{ErrorCode::kInvalidArgument, "a static model is pooled by \"mean\" alone"};
  }

  tokenizer_ = std::move(early_tokenizer_);
  tokenizer_scratch_ = tokenizer_->make_scratch();
  model_ = std::move(*model);
  info_.config = model_->encoder.config();
  info_.dtype = model_->dtype;
  info_.weight_bytes = block_.size() + model_->owned_bytes;
  const size_t positions = info_.config.max_positions;
  if (tokenizer_->n_special_tokens(false) > positions) {
    return Error{ErrorCode::kModelFormat,
                 "the model has fewer positions than the tokenizer puts special tokens around a "
                 "text"};
  }
  info_.max_tokens = info_.max_tokens == 0 ? positions : std::min(info_.max_tokens, positions);
  return {};
}

size_t Engine::arena_bytes() const { return model_ ? model_->encoder.arena_bytes() : 0; }

void Engine::forget_tokens() {
  ids_.clear();
  window_offsets_.assign(1, 0);
  text_windows_.assign(1, 0);
  token_offsets_.clear();
  full_token_counts_.clear();
  token_strings_ = TokenStrings();
  vectors_.clear();
  dimensions_ = 0;  // embed_next() has nothing to do until begin_embed()
}

void Engine::forget_texts() {
  text_ends_.clear();
  forget_tokens();
  hidden_states_.clear();
  attentions_.clear();
  if (model_) model_->encoder.set_calibration(nullptr);
  calibration_.reset();
}

char* Engine::reserve_texts(size_t bytes, size_t count) {
  forget_texts();
  text_bytes_.resize(std::max<size_t>(bytes, 1));
  text_ends_.assign(count, 0);
  return text_bytes_.data();
}

Result<void> Engine::tokenize(bool add_special_tokens, size_t max_tokens, bool windows) {
  if (!model_) return no_model();
  const size_t positions = info_.config.max_positions;
  EncodeOptions options;
  options.add_special_tokens = add_special_tokens;
  options.max_tokens = max_tokens == 0 ? info_.max_tokens : std::min(max_tokens, positions);
  // Where special tokens leave no room for text, there is one window, without any.
  const size_t special = add_special_tokens ? tokenizer_->n_special_tokens(false) : 0;
  options.overflow = windows && options.max_tokens > special;
  if (options.overflow) options.stride = (options.max_tokens - special) / 8;
  forget_tokens();
  auto done = add_texts(options);
  if (!done) forget_tokens();
  return done;
}

Result<void> Engine::add_texts(const EncodeOptions& options) {
  uint32_t begin = 0;
  for (size_t i = 0; i < text_ends_.size(); ++i) {
    const uint32_t end = text_ends_[i];
    if (end < begin || end > text_bytes_.size()) {
      return Error{ErrorCode::kInvalidArgument, "text ends must ascend inside the block",
                   static_cast<int64_t>(i)};
    }
    const std::string_view text(text_bytes_.data() + begin, end - begin);
    if (auto done = tokenizer_->encode(text, options, *tokenizer_scratch_, encoding_); !done) {
      return done.error();
    }
    if (auto added = add_window(encoding_); !added) return added.error();
    for (const Tokens& part : encoding_.overflow) {
      if (auto added = add_window(part); !added) return added.error();
    }
    full_token_counts_.push_back(static_cast<uint32_t>(encoding_.n_tokens_full));
    text_windows_.push_back(static_cast<uint32_t>(window_offsets_.size() - 1));
    begin = end;
  }
  return {};
}

Result<void> Engine::add_window(const Tokens& tokens) {
  for (const int32_t id : tokens.ids) {
    if (id < 0 || static_cast<size_t>(id) >= model_->embedding.words.rows()) {
      return Error{ErrorCode::kModelFormat,
                   concat({"the tokenizer gives id ", id, ", which has no vector"}),
                   static_cast<int64_t>(full_token_counts_.size())};
    }
  }
  ids_.insert(ids_.end(), tokens.ids.begin(), tokens.ids.end());
  token_offsets_.insert(token_offsets_.end(), tokens.offsets.begin(), tokens.offsets.end());
  window_offsets_.push_back(static_cast<uint32_t>(ids_.size()));
  return {};
}

Result<void> Engine::take_ids() {
  if (!model_) return no_model();
  forget_tokens();
  Tokens tokens;
  size_t begin = 0;
  for (const uint32_t end : text_ends_) {
    if (end < begin || end > text_bytes_.size() / sizeof(int32_t) ||
        end - begin > info_.config.max_positions) {
      forget_tokens();
      return Error{ErrorCode::kInvalidArgument,
                   "ids must lie inside the block, and be no more than the positions"};
    }
    tokens.resize(end - begin);
    std::memcpy(tokens.ids.data(), text_bytes_.data() + begin * sizeof(int32_t),
                tokens.size() * sizeof(int32_t));
    if (auto added = add_window(tokens); !added) {
      forget_tokens();
      return added.error();
    }
    full_token_counts_.push_back(static_cast<uint32_t>(tokens.size()));
    text_windows_.push_back(static_cast<uint32_t>(window_offsets_.size() - 1));
    begin = end;
  }
  return {};
}

const TokenStrings& Engine::token_strings() {
  if (tokenizer_) token_strings_.assign(*tokenizer_, ids_);
  return token_strings_;
}

Result<void> Engine::begin_embed(size_t dimensions, bool normalize) {
  if (!model_) return no_model();
  const size_t width = info_.config.hidden_size;
  if (dimensions > width) {
    return Error{ErrorCode::kDimensionMismatch,
                 concat({"the model has ", width, " dimensions; ", dimensions, " were asked for"})};
  }
  dimensions_ = dimensions == 0 ? width : dimensions;
  normalize_ = normalize;
  windows_done_ = 0;
  done_ = 0;
  vectors_.assign(full_token_counts_.size() * dimensions_, 0.0F);
  return {};
}

Result<size_t> Engine::embed_next() {
  if (!model_) return no_model();
  const size_t count = window_offsets_.size() - 1;
  if (windows_done_ >= count || dimensions_ == 0) return full_token_counts_.size();

  const bool is_static = info_.config.n_layers == 0;
  const size_t most_tokens = is_static ? kStaticChunkTokens : kChunkTokens;
  size_t last = windows_done_ + 1;
  while (last < count &&
         window_offsets_[last + 1] - window_offsets_[windows_done_] <= most_tokens) {
    ++last;
  }
  const TextEmbedding& embedding = model_->embedding;
  const size_t width = info_.config.hidden_size;
  std::vector<float> pooled(width);
  if (!is_static) {
    if (auto ran = run(windows_done_, last, {}); !ran) return ran.error();
  }
  const uint32_t begin = window_offsets_[windows_done_];
  for (; windows_done_ < last; ++windows_done_) {
    const uint32_t first = window_offsets_[windows_done_];
    const size_t n = window_offsets_[windows_done_ + 1] - first;
    if (is_static) {
      embedding.words.mean(std::span(ids_).subspan(first, n), embedding.unknown_id, pooled.data());
    } else {
      pool(info_.pooling, hidden_.data() + (first - begin) * width, n, width, pooled.data());
    }
    add_pooled(windows_done_, pooled);
  }
  return done_;
}

// Adds a window to the vector of its text, which is the first that is not done.
void Engine::add_pooled(size_t window, std::span<const float> pooled) {
  float* vector = vectors_.data() + done_ * dimensions_;
  const size_t first = text_windows_[done_];
  const size_t last = text_windows_[done_ + 1];
  if (last - first == 1) {
    std::copy_n(pooled.data(), dimensions_, vector);
  } else {
    const auto tokens = [&](size_t begin, size_t end) {
      return static_cast<float>(window_offsets_[end] - window_offsets_[begin]);
    };
    const float share = tokens(window, window + 1) / tokens(first, last);
    for (size_t d = 0; d < dimensions_; ++d) vector[d] += share * pooled[d];
  }
  if (window + 1 < last) return;
  if (normalize_) l2_normalize(vector, dimensions_);
  ++done_;
}

// Encodes the windows [first, last) into hidden_ and run_offsets_.
Result<void> Engine::run(size_t first, size_t last, const EncoderTrace& trace) {
  const uint32_t begin = window_offsets_[first];
  const size_t n = window_offsets_[last] - begin;
  run_offsets_.clear();
  for (size_t s = first; s <= last; ++s) run_offsets_.push_back(window_offsets_[s] - begin);
  if (auto room = model_->encoder.reserve(n); !room) return room.error();
  hidden_.resize(std::max(hidden_.size(), n * info_.config.hidden_size));
  if (calibration_) {
    if (auto room = calibration_->begin_forward(n); !room) return room.error();
  }
  model_->embedding.rows(std::span(ids_).subspan(begin, n), run_offsets_, hidden_.data());
  model_->encoder.forward(hidden_.data(), run_offsets_, trace);
  return {};
}

Result<void> Engine::trace(size_t index, bool hidden_states, bool attentions) {
  if (!model_) return no_model();
  if (index >= full_token_counts_.size()) {
    return Error{ErrorCode::kInvalidArgument, "there is no text of this index",
                 static_cast<int64_t>(index)};
  }
  const EncoderConfig& config = info_.config;
  if (attentions && config.n_layers == 0) {
    return Error{ErrorCode::kInvalidArgument,
                 "the model is static: it has vectors of tokens and no attention between them"};
  }
  const size_t window = text_windows_[index];
  const size_t n = window_offsets_[window + 1] - window_offsets_[window];
  hidden_states_.assign(hidden_states ? (config.n_layers + 1) * n * config.hidden_size : 0, 0.0F);
  attentions_.assign(attentions ? config.n_layers * config.n_heads * n * n : 0, 0.0F);
  return run(
      window, window + 1,
      {hidden_states ? hidden_states_.data() : nullptr, attentions ? attentions_.data() : nullptr});
}

Result<void> Engine::begin_calibration() {
  if (auto ready = begin_embed(0, false); !ready) return ready.error();
  if (info_.dtype != WeightDtype::kF32) {
    return Error{ErrorCode::kInvalidArgument,
                 "calibration runs on f32 weights; load the model with dtype \"f32\""};
  }
  calibration_ = std::make_unique<Calibration>(info_.config);
  model_->encoder.set_calibration(calibration_.get());
  return {};
}

Result<void> Engine::begin_moments(size_t first_layer, size_t n_layers) {
  if (!calibration_) {
    return Error{ErrorCode::kInvalidArgument, "second moments come after begin_calibration()"};
  }
  windows_done_ = 0;
  done_ = 0;
  return calibration_->begin_moments(first_layer, n_layers);
}

}  // namespace kinvec
