#include "model_fuzz.h"

#include <algorithm>
#include <bit>
#include <string_view>
#include <vector>

#include "src/engine.h"
#include "tokenizer_fuzz.h"

namespace kinvec::fuzz {
namespace {

/// Reads the model; false if it is none.
bool load(Engine& engine, std::span<const uint8_t> input, const EngineOptions& options) {
  std::byte* const block = engine.reserve_model(input.size());
  require(block != nullptr);
  std::ranges::copy(std::as_bytes(input), block);
  return static_cast<bool>(engine.load(options));
}

/// The bits of the texts' vectors; NaN equals itself as bits only. None if the texts have no
/// vectors, which is so where the tokenizer does not fit the model.
std::vector<uint32_t> embed(Engine& engine) {
  constexpr std::string_view kTexts[] = {"", "The cat [MASK], b\xC3\xA9 \xFF!",
                                         "a a a a a a a a a a a a a a a a a a a a"};
  size_t n_bytes = 0;
  for (const std::string_view text : kTexts) n_bytes += text.size();
  char* at = engine.reserve_texts(n_bytes, std::size(kTexts));
  uint32_t end = 0;
  for (size_t i = 0; i < std::size(kTexts); ++i) {
    at = std::ranges::copy(kTexts[i], at).out;
    end += static_cast<uint32_t>(kTexts[i].size());
    engine.text_ends()[i] = end;
  }
  if (!engine.tokenize(true, 0) || !engine.begin_embed(0, true)) return {};
  require(engine.window_offsets().back() == engine.ids().size());
  require(engine.token_offsets().size() == 2 * engine.ids().size());
  const auto offsets = engine.window_offsets();
  for (size_t i = 0; i + 1 < offsets.size(); ++i) {
    require(offsets[i + 1] - offsets[i] <= engine.info().config.max_positions);
  }
  engine.token_strings();
  for (size_t done = 0; done < std::size(kTexts);) {
    const auto now = engine.embed_next();
    if (!now) return {};
    require(*now > done);
    done = *now;
  }
  require(engine.vectors().size() == std::size(kTexts) * engine.info().config.hidden_size);
  std::vector<uint32_t> bits;
  for (const float value : engine.vectors()) bits.push_back(std::bit_cast<uint32_t>(value));
  return bits;
}

}  // namespace

void load_model(std::span<const uint8_t> input) {
  Engine engine;
  EngineOptions options;
  options.verify_checksum = false;
  if (!load(engine, input, options)) return;
  const std::vector<uint32_t> bits = embed(engine);
  require(embed(engine) == bits);
  require(bits.empty() || engine.trace(1, true, true));
  const bool is_int8 = engine.info().dtype == WeightDtype::kInt8;
  options.dtype = is_int8 ? WeightDtype::kF32 : WeightDtype::kInt8;
  if (load(engine, input, options)) embed(engine);
}

}  // namespace kinvec::fuzz
