#include "bpe.h"

#include <utility>

#include "../../unicode/utf8.h"
#include "joints.h"
#include "word_cache.h"

namespace kinvec {

/// What a model remembers: words and working memory.
class BpeState final : public ModelState {
 public:
  WordCache words;
  std::vector<Symbol> symbols;
  std::string buffer;  // a character with prefix and suffix
  // For long words only.
  std::unique_ptr<MergeQueue> queue;
  std::unique_ptr<Joints> joints;
};

/// Text between two places where a word can be cut.
struct WordPart {
  std::string_view text;
  bool begins_word;
  bool ends_word;
};

namespace {

// Up to here, looking at every pair for the next merge costs less than keeping a queue.
constexpr size_t kMostScanned = 64;

// Words up to this size, in bytes, are looked up whole. A longer one may well be a line of text
// that no pre-tokenizer has cut, which comes only once; its parts come again.
constexpr size_t kLongestWhole = 24;

Error damaged_merge(const char* what, size_t rank) {
  return {ErrorCode::kModelFormat, std::string("kinvec.tokenizer.merges ") + what,
          static_cast<int64_t>(rank)};
}

Result<std::vector<int32_t>> read_merges(const Gguf& gguf) {
  std::vector<int32_t> ids;
  const GgufValue* values = gguf.find_array("kinvec.tokenizer.merges");
  if (values == nullptr) return ids;
  if (values->type() == GgufType::kString) return damaged_merge("holds no token ids", 0);
  ids.resize(values->size());
  for (size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<int32_t>(values->int_at(i));
  return ids;
}

BpeOptions read_options(const StageFields& fields, const Vocabulary& vocabulary) {
  if (fields.get_float("dropout", 0) != 0) {
    fields.unsupported("has a dropout, which is not supported");
  }
  BpeOptions options;
  options.continuing_subword_prefix = fields.get_string("continuing_subword_prefix", "");
  options.end_of_word_suffix = fields.get_string("end_of_word_suffix", "");
  options.fuse_unknown = fields.get_bool("fuse_unk", false);
  options.byte_fallback = fields.get_bool("byte_fallback", false);
  options.ignore_merges = fields.get_bool("ignore_merges", false);
  if (fields.has("unk_token")) options.unknown_id = vocabulary.find(fields.get_string("unk_token"));
  return options;
}

}  // namespace

Bpe::Bpe(Vocabulary vocabulary, BpeOptions options)
    : vocabulary_(std::move(vocabulary)),
      options_(std::move(options)),
      has_affixes_(!options_.continuing_subword_prefix.empty() ||
                   !options_.end_of_word_suffix.empty()) {
  if (options_.byte_fallback) bytes_ = ByteTokens(vocabulary_);
  has_all_bytes_ = true;
  for (int byte = 0; byte < 256; ++byte) {
    if (bytes_.id(static_cast<char>(byte)) < 0) has_all_bytes_ = false;
  }
  std::string buffer;
  for (size_t c = 0; c < ascii_.size(); ++c) {
    const char character[1 + Vocabulary::kSlack] = {static_cast<char>(c)};
    ascii_[c] = look_up({character, 1}, false, false, buffer);
  }
}

Result<std::unique_ptr<Bpe>> Bpe::create(Vocabulary vocabulary, BpeOptions options,
                                         std::span<const int32_t> merges) {
  std::unique_ptr<Bpe> bpe(new Bpe(std::move(vocabulary), std::move(options)));
  if (bpe->options_.byte_fallback && bpe->has_affixes_) {
    return Error{ErrorCode::kUnsupportedTokenizer,
                 "BPE with byte_fallback and a prefix or suffix of subwords is not supported", -1};
  }
  const Vocabulary& tokens = bpe->vocabulary_;
  const size_t prefix_size = bpe->options_.continuing_subword_prefix.size();
  if (merges.size() % 2 != 0) return damaged_merge("is no list of pairs", 0);
  if (merges.size() / 2 > MergeTable::kMaxMerges) return damaged_merge("is too long", 0);
  if (tokens.size() > MergeTable::kMaxTokens) return damaged_merge("has too many tokens", 0);
  std::vector<Merge> list;
  list.reserve(merges.size() / 2);
  std::string text;
  for (size_t i = 0; i < merges.size(); i += 2) {
    const int32_t left = merges[i];
    const int32_t right = merges[i + 1];
    const auto is_token = [&](int32_t id) {
      return id >= 0 && static_cast<size_t>(id) < tokens.size() && !tokens.token(id).empty();
    };
    if (!is_token(left) || !is_token(right)) return damaged_merge("joins no tokens", i / 2);
    if (tokens.token(right).size() < prefix_size) {
      return damaged_merge("joins a token without its prefix", i / 2);
    }
    text.assign(tokens.token(left)).append(tokens.token(right).substr(prefix_size));
    const size_t size = text.size();
    text.append(Vocabulary::kSlack, '\0');
    const std::string_view joined(text.data(), size);
    const int32_t merged = tokens.find(joined, hash_text(joined));
    if (merged < 0) return damaged_merge("makes what is no token", i / 2);
    list.push_back({left, right, merged});
  }
  bpe->merges_.build(list);
  bpe->can_be_cut_ = bpe->can_be_cut();
  return bpe;
}

std::unique_ptr<Model> Bpe::read(const Gguf& gguf, const StageFields& fields,
                                 Vocabulary&& vocabulary) {
  BpeOptions options = read_options(fields, vocabulary);
  const auto merges = read_merges(gguf);
  if (!merges) return fields.fail(merges.error());
  auto bpe = create(std::move(vocabulary), std::move(options), *merges);
  if (!bpe) return fields.fail(bpe.error());
  return std::move(*bpe);
}

/// Whether a token of a word always stands for the text that it is, but for prefix and suffix, as
/// Joints take for granted.
bool Bpe::can_be_cut() const {
  std::vector<bool> stands_for_other(vocabulary_.size());
  if (options_.unknown_id >= 0) stands_for_other[options_.unknown_id] = true;
  for (int byte = 0; byte < 256; ++byte) {
    const int32_t id = bytes_.id(static_cast<char>(byte));
    if (id >= 0) stands_for_other[id] = true;
  }
  bool can_be_cut = true;
  merges_.for_each_pair([&](int32_t left, int32_t right) {
    if (stands_for_other[left] || stands_for_other[right]) can_be_cut = false;
  });
  return can_be_cut;
}

std::unique_ptr<ModelState> Bpe::make_state() const { return std::make_unique<BpeState>(); }

/// The token of a character, or a negative number.
inline int32_t Bpe::find_character(std::string_view character, bool is_first, bool is_last,
                                   std::string& buffer) const {
  const auto byte = static_cast<uint8_t>(character[0]);
  if (byte < 0x80 && !(has_affixes_ && (is_first || is_last))) return ascii_[byte];
  return look_up(character, is_first, is_last, buffer);
}

int32_t Bpe::look_up(std::string_view character, bool is_first, bool is_last,
                     std::string& buffer) const {
  const std::string_view prefix =
      is_first ? std::string_view() : options_.continuing_subword_prefix;
  const std::string_view suffix = is_last ? options_.end_of_word_suffix : std::string_view();
  if (!prefix.empty() || !suffix.empty()) {
    buffer.assign(prefix).append(character).append(suffix);
    const size_t size = buffer.size();
    buffer.append(Vocabulary::kSlack, '\0');
    character = std::string_view(buffer.data(), size);
  }
  return vocabulary_.find(character, hash_text(character));
}

void Bpe::tokenize(std::string_view word, ModelState& model_state,
                   std::vector<Piece>& pieces) const {
  auto& state = static_cast<BpeState&>(model_state);
  pieces.clear();
  if (options_.ignore_merges) {
    const int32_t id = vocabulary_.find(word, hash_text(word));
    if (id >= 0) {
      pieces.push_back({id, 0, static_cast<uint32_t>(word.size())});
      return;
    }
  }
  if (word.size() <= kLongestWhole || !can_be_cut_) {
    add_part({word, true, true}, state, pieces);
    return;
  }
  if (!state.joints) {
    state.joints =
        std::make_unique<Joints>(merges_, vocabulary_, options_.continuing_subword_prefix);
  }
  const char* const end = word.data() + word.size();
  const char* part = word.data();
  char32_t before = 0;  // the last character that has a token
  for (const char* at = part; at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    const char* const next = at + character.length;
    // Characters that have no token stay with what they follow: they may fuse, or bring their
    // neighbours together where they are passed over.
    if (has_all_bytes_ ||
        find_character({at, next}, at == word.data(), next == end, state.buffer) >= 0) {
      if (at > part && !state.joints->contains(before, character.code_point)) {
        add_part({{part, at}, part == word.data(), false}, state, pieces);
        part = at;
      }
      before = character.code_point;
    }
    at = next;
  }
  add_part({{part, end}, part == word.data(), true}, state, pieces);
}

void Bpe::add_part(const WordPart& part, BpeState& state, std::vector<Piece>& pieces) const {
  const std::string_view text = part.text;
  // Tokens follow on one another even where a character has none, as they do in the reference.
  const uint32_t begin = pieces.empty() ? 0 : pieces.back().end;
  // With a prefix or suffix the tokens of a text depend on where in a word it is.
  const bool is_kept = text.size() <= WordCache::kLongestWord &&
                       (!has_affixes_ || (part.begins_word && part.ends_word));
  const uint64_t hash = is_kept ? hash_text(text) : 0;
  if (is_kept && state.words.find(text, hash, begin, pieces)) return;

  start_symbols(part, state);
  if (state.symbols.size() <= kMostScanned) {
    scan_symbols(state.symbols);
  } else {
    if (!state.queue) state.queue = std::make_unique<MergeQueue>(merges_);
    state.queue->merge_all(state.symbols);
  }
  const size_t first = pieces.size();
  uint32_t at = begin;
  for (const Symbol& symbol : state.symbols) {
    pieces.push_back({symbol.id, at, at + symbol.length});
    at += symbol.length;
  }
  if (is_kept) state.words.insert(text, hash, begin, std::span(pieces).subspan(first));
}

/// The characters of a part as symbols.
void Bpe::start_symbols(const WordPart& part, BpeState& state) const {
  std::vector<Symbol>& symbols = state.symbols;
  symbols.clear();
  Symbol unknown{options_.unknown_id, 0};  // waits for the next character that is known
  const auto end_unknown = [&] {
    if (unknown.length != 0) symbols.push_back(unknown);
    unknown.length = 0;
  };
  const char* const end = part.text.data() + part.text.size();
  for (const char* at = part.text.data(); at < end;) {
    const uint32_t length = static_cast<uint8_t>(*at) < 0x80 ? 1 : decode_utf8(at, end).length;
    const std::string_view character(at, length);
    const bool is_first = part.begins_word && at == part.text.data();
    at += length;
    const int32_t id =
        find_character(character, is_first, part.ends_word && at == end, state.buffer);
    if (id >= 0) {
      end_unknown();
      symbols.push_back({id, length});
    } else if (bytes_.have_all(character)) {
      for (const char byte : character) symbols.push_back({bytes_.id(byte), 1});
    } else if (options_.unknown_id != BpeOptions::kPassOver) {
      if (!options_.fuse_unknown) end_unknown();
      unknown.length += length;
    }
  }
  end_unknown();
}

/// Merges the symbols of a short word.
void Bpe::scan_symbols(std::vector<Symbol>& symbols) const {
  std::array<uint32_t, kMostScanned> ranks;  // [i] of the pair i, i + 1
  size_t size = symbols.size();
  const auto rank_at = [&](size_t i) { return merges_.find(symbols[i].id, symbols[i + 1].id); };
  for (size_t i = 0; i + 1 < size; ++i) ranks[i] = rank_at(i);
  for (; size > 1; --size) {
    size_t lowest = 0;
    for (size_t i = 1; i + 1 < size; ++i) {
      if (ranks[i] < ranks[lowest]) lowest = i;
    }
    if (ranks[lowest] == MergeTable::kNone) break;
    symbols[lowest] = {merges_.merged(ranks[lowest]),
                       symbols[lowest].length + symbols[lowest + 1].length};
    for (size_t i = lowest + 1; i + 1 < size; ++i) {
      symbols[i] = symbols[i + 1];
      ranks[i - 1] = ranks[i];
    }
    if (lowest > 0) ranks[lowest - 1] = rank_at(lowest - 1);
    if (lowest + 2 < size) ranks[lowest] = rank_at(lowest);
  }
  symbols.resize(size);
}

}  // namespace kinvec
