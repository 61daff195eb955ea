#include "tokenizer_fuzz.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "src/tokenizer/encode_options.h"
#include "src/unicode/utf8.h"

namespace kinvec::fuzz {
namespace {

int32_t utf16_length(std::string_view text) {
  int32_t units = 0;
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    units += static_cast<int32_t>(character.utf16_length());
    at += character.length;
  }
  return units;
}

bool equal(const Tokens& a, const Tokens& b) {
  return a.ids == b.ids && a.offsets == b.offsets && a.word_ids == b.word_ids &&
         a.type_ids == b.type_ids && a.special_tokens_mask == b.special_tokens_mask;
}

void check_tokens(const Tokens& tokens, const Tokenizer& tokenizer, int32_t text_length) {
  const size_t n = tokens.size();
  require(tokens.offsets.size() == 2 * n && tokens.word_ids.size() == n);
  require(tokens.type_ids.size() == n && tokens.special_tokens_mask.size() == n);
  for (size_t i = 0; i < n; ++i) {
    require(tokens.ids[i] >= 0 && static_cast<size_t>(tokens.ids[i]) < tokenizer.vocab_size());
    require(0 <= tokens.offsets[2 * i] && tokens.offsets[2 * i] <= tokens.offsets[2 * i + 1]);
    require(tokens.offsets[2 * i + 1] <= text_length);
    require((tokens.word_ids[i] < 0) == (tokens.special_tokens_mask[i] != 0));
  }
}

/// Encodes a text, or a pair of them, and checks what does not depend on the tokenizer. The scratch
/// should be fresh, or have seen other texts only.
void use(const Tokenizer& tokenizer, std::string_view first, const std::string_view* second,
         const EncodeOptions& options, TokenizerScratch& scratch) {
  const auto encode = [&](Encoding& out) -> bool {
    const auto done = second == nullptr
                          ? tokenizer.encode(first, options, scratch, out)
                          : tokenizer.encode_pair(first, *second, options, scratch, out);
    return static_cast<bool>(done);
  };
  Encoding encoding;
  if (!encode(encoding)) return;
  int32_t length = utf16_length(first);
  if (second != nullptr) length = std::max(length, utf16_length(*second));
  check_tokens(encoding, tokenizer, length);
  for (const Tokens& part : encoding.overflow) check_tokens(part, tokenizer, length);
  const size_t n_special =
      options.add_special_tokens ? tokenizer.n_special_tokens(second != nullptr) : 0;
  require(encoding.size() <= std::max(options.max_tokens, n_special));

  // What is remembered between texts must not show, be it of a text that has no tokens.
  Encoding again;
  static_cast<void>(tokenizer.encode(first.substr(first.size() / 2), {}, scratch, again));
  require(encode(again) && equal(encoding, again));

  tokenizer.decode(encoding.ids, false);
  tokenizer.decode(encoding.ids, true);
}

}  // namespace

void require(bool condition, std::source_location where) {
  if (condition) return;
  std::fprintf(stderr, "%s:%u: not as required\n", where.file_name(), where.line());
  std::abort();
}

void load_tokenizer(std::span<const uint8_t> input) {
  // A copy of its own size, so that reading beyond the end is seen.
  const std::vector<uint8_t> bytes(input.begin(), input.end());
  const auto gguf = Gguf::parse(std::as_bytes(std::span(bytes)));
  if (!gguf) return;
  const auto loaded = Tokenizer::from_gguf(*gguf);
  if (!loaded) return;
  const Tokenizer* const tokenizer = loaded->get();

  const auto n_ids = static_cast<int32_t>(std::min<size_t>(tokenizer->vocab_size(), 64));
  std::vector<int32_t> ids{-1, n_ids, INT32_MAX};
  std::string tokens;
  std::string long_word;
  for (int32_t id = 0; id < n_ids; ++id) {
    ids.push_back(id);
    const std::string_view token = tokenizer->token(id);
    require(tokenizer->id(token) < static_cast<int64_t>(tokenizer->vocab_size()));
    tokens += token.substr(0, 64);
    long_word += token.substr(0, 64);
    if (id % 3 == 0) tokens += ' ';
  }
  tokenizer->decode(ids, false);
  tokenizer->decode(ids, true);

  const auto scratch = tokenizer->make_scratch();
  const auto file_options = read_encode_options(*gguf);
  EncodeOptions options = file_options ? *file_options : EncodeOptions();
  options.max_tokens = std::min<size_t>(options.max_tokens, 512);
  options.overflow = true;
  const std::string_view mixed =
      "\t The caf\xC3\xA9's  12345,\xE2\x96\x81lo-fi\r\n e\xCC\x81\xE4\xB8\xAD\xE6\x96\x87 "
      "\xF0\x9F\x98\x80<s>[MASK] \xFF\xE2\x82 ";
  use(*tokenizer, tokens, nullptr, options, *scratch);
  use(*tokenizer, long_word, nullptr, options, *scratch);
  use(*tokenizer, mixed, nullptr, options, *scratch);
  const std::string_view second = tokens;
  use(*tokenizer, mixed, &second, options, *scratch);
}

void encode_text(const std::vector<Tokenizer>& tokenizers, std::span<const uint8_t> input) {
  constexpr size_t kHeader = 4;
  if (input.size() < kHeader) return;
  const Tokenizer& tokenizer = tokenizers[input[0] % tokenizers.size()];
  const uint8_t switches = input[1];
  EncodeOptions options;
  options.add_special_tokens = (switches & 1) != 0;
  options.overflow = (switches & 2) != 0;
  options.side = (switches & 4) != 0 ? TruncationSide::kLeft : TruncationSide::kRight;
  options.strategy = static_cast<TruncationStrategy>((switches >> 3) % 3);
  if (input[2] != 0) options.max_tokens = input[2];
  options.stride = input[3] % 16;

  const std::vector<char> bytes(input.begin() + kHeader, input.end());
  const std::string_view text(bytes.data(), bytes.size());
  const bool is_pair = (switches & 0x80) != 0;
  // Each part of one text goes with each part of the other, as in the reference: in square time.
  if (is_pair && text.size() > 50) options.overflow = false;
  const auto scratch = tokenizer.make_scratch();
  if (is_pair) {
    const std::string_view second = text.substr(text.size() / 2);
    use(tokenizer, text.substr(0, text.size() / 2), &second, options, *scratch);
  } else {
    use(tokenizer, text, nullptr, options, *scratch);
  }
}

std::vector<uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> list_files(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::vector<Tokenizer> load_folder(const std::string& folder) {
  std::vector<Tokenizer> tokenizers;
  for (const std::string& path : list_files(folder)) {
    const std::vector<uint8_t> bytes = read_file(path);
    const auto gguf = Gguf::parse(std::as_bytes(std::span(bytes)));
    require(static_cast<bool>(gguf));
    auto tokenizer = Tokenizer::from_gguf(*gguf);
    require(static_cast<bool>(tokenizer));
    tokenizers.push_back(std::move(**tokenizer));
  }
  require(!tokenizers.empty());
  return tokenizers;
}

}  // namespace kinvec::fuzz
