#include "model_fuzz.h"

#include <algorithm>
#include <bit>
#include <cmath>
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

/// Gives the engine some texts, of which the last is longer than small models take. False if they
/// cannot be encoded, which is so where the tokenizer does not fit the model.
bool tokenize(Engine& engine, bool windows) {
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
  if (!engine.tokenize(true, 0, windows)) {
    require(engine.ids().empty() && engine.begin_embed(0, true) && engine.embed_next());
    return false;
  }

  const auto texts = engine.text_windows();
  const auto offsets = engine.window_offsets();
  require(texts.size() == std::size(kTexts) + 1 && texts.back() == offsets.size() - 1);
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    require(windows ? texts[i] < texts[i + 1] : texts[i] + 1 == texts[i + 1]);
  }
  require(offsets.back() == engine.ids().size());
  require(engine.token_offsets().size() == 2 * engine.ids().size());
  for (size_t i = 0; i + 1 < offsets.size(); ++i) {
    require(offsets[i + 1] - offsets[i] <= engine.info().config.max_positions);
  }
  engine.token_strings();
  return true;
}

/// The bits of the texts' vectors; NaN equals itself as bits only. None if the texts have no
/// vectors.
std::vector<uint32_t> embed(Engine& engine, bool windows) {
  if (!tokenize(engine, windows) || !engine.begin_embed(0, true)) return {};
  const size_t n_texts = engine.text_windows().size() - 1;
  // A call embeds at least one window, and need not be the one that a text ends with.
  size_t calls_left = engine.window_offsets().size() - 1;
  for (size_t done = 0; done < n_texts; --calls_left) {
    require(calls_left > 0);
    const auto now = engine.embed_next();
    if (!now) return {};
    require(windows ? *now >= done : *now > done);
    done = *now;
  }
  require(engine.vectors().size() == n_texts * engine.info().config.hidden_size);
  std::vector<uint32_t> bits;
  for (const float value : engine.vectors()) bits.push_back(std::bit_cast<uint32_t>(value));
  return bits;
}

/// A text that is one window has the vector it has without windows, but for the bits of a NaN.
void embed_windows(Engine& engine, const std::vector<uint32_t>& plain) {
  const std::vector<uint32_t> bits = embed(engine, true);
  if (bits.empty()) return;
  require(bits.size() == plain.size());
  const auto is_nan = [](uint32_t value) { return std::isnan(std::bit_cast<float>(value)); };
  const size_t width = engine.info().config.hidden_size;
  const auto texts = engine.text_windows();
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    if (texts[i + 1] - texts[i] > 1) continue;
    for (size_t d = i * width; d < (i + 1) * width; ++d) {
      require(bits[d] == plain[d] || (is_nan(bits[d]) && is_nan(plain[d])));
    }
  }
  require(static_cast<bool>(engine.trace(1, true, true)));
}

}  // namespace

void load_model(std::span<const uint8_t> input) {
  Engine engine;
  EngineOptions options;
  options.verify_checksum = false;
  if (!load(engine, input, options)) return;
  const std::vector<uint32_t> bits = embed(engine, false);
  require(embed(engine, false) == bits);
  require(bits.empty() || engine.trace(1, true, true));
  embed_windows(engine, bits);
  const bool is_int8 = engine.info().dtype == WeightDtype::kInt8;
  options.dtype = is_int8 ? WeightDtype::kF32 : WeightDtype::kInt8;
  if (load(engine, input, options)) embed_windows(engine, embed(engine, false));
}

}  // namespace kinvec::fuzz
