#include "unigram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "../../concat.h"
#include "../../unicode/utf8.h"
#include "word_cache.h"

namespace kinvec {

/// What a model remembers: words and working memory.
class UnigramState final : public ModelState {
 public:
  WordCache words;
  // The best path to each place of a word: the piece it ends with, and the sum of its scores. Only
  // the sums that a piece can still reach are kept, in a ring.
  std::vector<int32_t> last_pieces;  // [word size + 1]
  std::vector<double> sums;          // [a power of two]
};

namespace {

// In place of the id of a path's last piece.
constexpr int32_t kNoPath = -2;
constexpr int32_t kUnknownCharacter = -1;

/// How much worse than the worst piece an unknown character is.
constexpr double kUnknownPenalty = 10;

Error damaged_scores(const char* what, int64_t at = -1) {
  return format_error(concat({"kinvec.tokenizer.scores ", what}), at);
}

}  // namespace

Result<std::unique_ptr<Unigram>> Unigram::create(Vocabulary vocabulary, std::vector<double> scores,
                                                 int32_t unknown_id, bool byte_fallback) {
  if (scores.size() > vocabulary.size()) return damaged_scores("has more items than tokens");
  double lowest = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < vocabulary.size(); ++i) {
    const std::string_view token = vocabulary.token(static_cast<int32_t>(i));
    const auto at = static_cast<int64_t>(i);
    if (i >= scores.size()) {
      if (token.empty()) continue;
      return damaged_scores("has no score of a token", at);
    }
    if (!std::isfinite(scores[i])) return damaged_scores("has a score that is no number", at);
    if (!is_well_formed_utf8(token)) {
      return format_error("a token is no valid UTF-8", at);
    }
    lowest = std::min(lowest, scores[i]);
  }
  if (unknown_id != kNoToken &&
      (unknown_id < 0 || static_cast<size_t>(unknown_id) >= scores.size())) {
    return damaged_scores("has none of the unknown token", unknown_id);
  }
  std::unique_ptr<Unigram> unigram(new Unigram());
  if (!unigram->trie_.build(vocabulary)) {
    return format_error("the tokens are too long");
  }
  if (byte_fallback) unigram->bytes_ = ByteTokens(vocabulary);
  unigram->vocabulary_ = std::move(vocabulary);
  unigram->scores_ = std::move(scores);
  unigram->unknown_score_ = lowest - kUnknownPenalty;
  unigram->unknown_id_ = unknown_id;
  return unigram;
}

std::unique_ptr<Model> Unigram::read(const Gguf& gguf, const StageFields& fields,
                                     Vocabulary&& vocabulary) {
  int32_t unknown_id = kNoToken;
  if (fields.has("unk_id")) {
    const uint64_t id = fields.get_uint("unk_id");
    if (id >= vocabulary.size()) return fields.damaged("has an unk_id beyond its tokens");
    unknown_id = static_cast<int32_t>(id);
  }
  const bool byte_fallback = fields.get_bool("byte_fallback", false);
  const GgufValue* values = gguf.find_array("kinvec.tokenizer.scores");
  if (values == nullptr || values->type() == GgufType::kString) {
    return fields.fail(damaged_scores("is missing or no list of numbers"));
  }
  std::vector<double> scores(values->size());
  for (size_t i = 0; i < scores.size(); ++i) scores[i] = values->float_at(i);
  auto unigram = create(std::move(vocabulary), std::move(scores), unknown_id, byte_fallback);
  if (!unigram) return fields.fail(unigram.error());
  return std::move(*unigram);
}

std::unique_ptr<ModelState> Unigram::make_state() const { return std::make_unique<UnigramState>(); }

void Unigram::tokenize(std::string_view word, ModelState& model_state,
                       std::vector<Piece>& pieces) const {
  auto& state = static_cast<UnigramState&>(model_state);
  pieces.clear();
  const bool is_kept = word.size() <= WordCache::kLongestWord;
  const uint64_t hash = is_kept ? hash_text(word) : 0;
  if (is_kept && state.words.find(word, hash, 0, pieces)) return;
  if (find_best_path(word, state)) {
    read_path(word, state, pieces);
  } else {
    pieces.push_back({kNoToken, 0, static_cast<uint32_t>(word.size())});
  }
  if (is_kept) state.words.insert(word, hash, 0, pieces);
}

/// Viterbi's algorithm over the places between characters. Of equal sums the path that was found
/// first stays: its last piece is the longest. False where the reference gives up, since it lacks
/// an unknown token.
bool Unigram::find_best_path(std::string_view word, UnigramState& state) const {
  const size_t size = word.size();
  state.last_pieces.assign(size + 1, kNoPath);
  const size_t reach = std::max<size_t>(vocabulary_.longest(), 4);  // a character has up to 4 bytes
  state.sums.resize(std::bit_ceil(reach + 1));
  const size_t mask = state.sums.size() - 1;
  int32_t* const last_pieces = state.last_pieces.data();
  double* const sums = state.sums.data();
  const auto offer = [&](size_t at, double sum, int32_t piece) {
    if (last_pieces[at] != kNoPath && !(sum > sums[at & mask])) return;
    last_pieces[at] = piece;
    sums[at & mask] = sum;
    return;
  };
  sums[0] = 0;
  for (size_t at = 0; at < size;) {
    const double sum = sums[at & mask];
    const size_t next = at + decode_utf8(&word[at], word.data() + size).length;
    bool is_known = false;
    DoubleArray::Walk walk(trie_);
    for (size_t end = at; end < size && walk.advance(word[end]);) {
      ++end;
      if (!walk.ends_token()) continue;
      const int32_t id = walk.id();
      offer(end, scores_[id] + sum, id);
      if (end == next) is_known = true;
    }
    if (!is_known) {
      offer(next, unknown_score_ + sum, kUnknownCharacter);
      if (unknown_id_ == kNoToken && last_pieces[next] == kUnknownCharacter) return false;
    }
    at = next;
  }
  return true;
}

/// The pieces of the best path. Unknown characters side by side are one piece.
void Unigram::read_path(std::string_view word, const UnigramState& state,
                        std::vector<Piece>& pieces) const {
  const auto is_unknown = [&](int32_t piece) {
    return piece == kUnknownCharacter || piece == unknown_id_;
  };
  const auto begin_of = [&](uint32_t end) {
    const int32_t piece = state.last_pieces[end];
    if (piece >= 0) return end - static_cast<uint32_t>(vocabulary_.token(piece).size());
    do {
      --end;
    } while (is_utf8_continuation(word[end]));
    return end;
  };
  // From the last piece to the first.
  for (auto end = static_cast<uint32_t>(word.size()); end > 0;) {
    const int32_t piece = state.last_pieces[end];
    uint32_t begin = begin_of(end);
    if (is_unknown(piece)) {
      while (begin > 0 && is_unknown(state.last_pieces[begin])) begin = begin_of(begin);
      add_unknown(word, begin, end, pieces);
    } else {
      pieces.push_back({piece, begin, end});
    }
    end = begin;
  }
  std::ranges::reverse(pieces);
}

/// Adds what unknown characters become, in reverse: a token, if they happen to be one together;
/// else their bytes' tokens, each of which stands for all of them; else the unknown token.
void Unigram::add_unknown(std::string_view word, uint32_t begin, uint32_t end,
                          std::vector<Piece>& pieces) const {
  const std::string_view text = word.substr(begin, end - begin);
  const int32_t id = vocabulary_.find(text, hash_text(text));
  if (id < 0 && bytes_.have_all(text)) {
    for (size_t i = text.size(); i-- > 0;) pieces.push_back({bytes_.id(text[i]), begin, end});
    return;
  }
  pieces.push_back({id >= 0 ? id : unknown_id_, begin, end});
}

}  // namespace kinvec
