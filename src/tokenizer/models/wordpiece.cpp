#include "wordpiece.h"

#include <algorithm>
#include <array>
#include <utility>

#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

// Hash states for pieces up to 8 * kStates bytes are computed once per search.
constexpr size_t kStates = 16;

bool is_longer_than(std::string_view word, size_t characters) {
  if (word.size() <= characters) return false;
  size_t count = 0;
  for (const char byte : word) count += is_utf8_continuation(byte) ? 0 : 1;
  return count > characters;
}

}  // namespace

WordPiece::WordPiece(Vocabulary vocabulary, WordPieceOptions options)
    : vocabulary_(std::move(vocabulary)), options_(std::move(options)) {
  const std::string_view prefix = options_.continuing_subword_prefix;
  for (size_t i = 0; i < vocabulary_.size(); ++i) {
    const auto id = static_cast<int32_t>(i);
    const std::string_view token = vocabulary_.token(id);
    if (token.size() <= prefix.size() || !token.starts_with(prefix)) continue;
    inner_.add({}, token.substr(prefix.size()));
    inner_ids_.push_back(id);
  }
}

std::unique_ptr<Model> WordPiece::read(const Gguf& /*gguf*/, const StageFields& fields,
                                       Vocabulary&& vocabulary) {
  WordPieceOptions options;
  options.unknown_id = vocabulary.find(fields.get_string("unk_token"));
  options.continuing_subword_prefix = fields.get_string("continuing_subword_prefix");
  options.max_input_chars_per_word = static_cast<size_t>(
      std::min<uint64_t>(fields.get_uint("max_input_chars_per_word"), SIZE_MAX));
  return std::make_unique<WordPiece>(std::move(vocabulary), std::move(options));
}

std::unique_ptr<ModelState> WordPiece::make_state() const { return std::make_unique<ModelState>(); }

void WordPiece::tokenize(std::string_view word, ModelState&, std::vector<Piece>& pieces) const {
  pieces.clear();
  const auto size = static_cast<uint32_t>(word.size());
  if (is_longer_than(word, options_.max_input_chars_per_word)) {
    pieces.push_back({options_.unknown_id, 0, size});
    return;
  }
  uint32_t begin = 0;
  while (begin < size) {
    int32_t id = -1;
    const uint32_t length = longest_piece(word.substr(begin), begin > 0, id);
    if (length == 0) {
      pieces.clear();
      pieces.push_back({options_.unknown_id, 0, size});
      return;
    }
    pieces.push_back({id, begin, begin + length});
    begin += length;
  }
}

uint32_t WordPiece::longest_piece(std::string_view text, bool continuing, int32_t& id) const {
  const Vocabulary& pieces = continuing ? inner_ : vocabulary_;
  size_t length = std::min(text.size(), pieces.longest());
  std::array<TextHash, kStates + 1> states;  // [i]: after 8 * i bytes
  states[0] = TextHash::start();
  for (size_t i = 0; i < std::min(length / 8, kStates); ++i) {
    states[i + 1] = states[i].add(text.data() + 8 * i);
  }
  for (; length > 0; --length) {
    // A piece ends where a character ends.
    if (length < text.size() && is_utf8_continuation(text[length])) continue;
    const std::string_view piece = text.substr(0, length);
    const size_t chunks = length / 8;
    const uint64_t hash = chunks <= kStates
                              ? states[chunks].finish(text.data() + 8 * chunks, length % 8)
                              : hash_text(piece);
    id = pieces.find(piece, hash);
    if (id < 0) continue;
    if (continuing) id = inner_ids_[id];
    return static_cast<uint32_t>(length);
  }
  return 0;
}

}  // namespace kinvec
