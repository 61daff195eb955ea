#include "unigram_trainer.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "../../sort_indices.h"
#include "../../unicode/utf8.h"
#include "piece_model.h"
#include "repeated_substrings.h"
#include "sort_numbers.h"
#include "training_corpus.h"
#include "unigram_seeds.h"

namespace kinvec {
namespace {

/// Characters that one step reads or sorts: some tens of milliseconds in a browser.
constexpr size_t kWorkPerStep = size_t{1} << 19;

constexpr double kSeedProgress = 0.2;  // part of the work that is done at the first expectation

/// Characters that must be tokens, ascending.
std::vector<char32_t> required_characters(const CharacterCounts& counts, std::string_view initial) {
  std::vector<uint64_t> required;
  for (const CharacterUse& use : counts.uses()) required.push_back(use.character);
  const char* const end = initial.data() + initial.size();
  for (const char* at = initial.data(); at < end;) {
    const Utf8Character character = decode_utf8(at, end);
    at += character.length;
    required.push_back(character.code_point);
  }
  sort_numbers(required);
  return {required.begin(), std::unique(required.begin(), required.end())};
}

/// The special tokens, with the unknown token before them if it is not one of them.
struct SpecialTokens {
  std::vector<std::string> tokens;
  int32_t unknown_id = -1;

  explicit SpecialTokens(const UnigramTrainerOptions& options) : tokens(options.special_tokens) {
    if (!options.unk_token) return;
    auto unknown = std::find(tokens.begin(), tokens.end(), *options.unk_token);
    if (unknown == tokens.end()) unknown = tokens.insert(tokens.begin(), *options.unk_token);
    unknown_id = static_cast<int32_t>(unknown - tokens.begin());
  }
};

std::string utf8_of(std::span<const char32_t> characters) {
  std::string text;
  for (const char32_t c : characters) {
    char bytes[4];
    text.append(bytes, encode_utf8(c, bytes));
  }
  return text;
}

struct ScoredToken {
  std::string token;
  double score;
};

/// The required characters and the best other pieces, `n_wanted` together.
/// Characters that are no pieces any more get the lowest score and a little more each.
std::vector<ScoredToken> choose_tokens(const TrainingCorpus& corpus, const PieceModel& model,
                                       const std::vector<char32_t>& required, size_t n_wanted) {
  constexpr double kScoreStep = 0.0001;
  std::vector<ScoredToken> chosen;
  chosen.reserve(required.size());
  for (const char32_t c : required) chosen.push_back({utf8_of({&c, 1}), NAN});
  for (size_t i = 1; i < model.n_pieces(); ++i) {
    const ScoredPiece& piece = model.pieces()[i];
    if (piece.length == 1) {
      const auto place =
          std::lower_bound(required.begin(), required.end(), corpus.text[piece.begin]);
      chosen[static_cast<size_t>(place - required.begin())].score = piece.score;
    } else if (chosen.size() < n_wanted) {
      chosen.push_back({utf8_of(corpus.characters(piece)), piece.score});
    }
  }
  double missing_score = model.min_score();
  for (ScoredToken& token : chosen) {
    if (!std::isnan(token.score)) continue;
    token.score = missing_score;
    missing_score += kScoreStep;
  }
  return chosen;
}

}  // namespace

Training train_unigram(WordCounts words, UnigramTrainerOptions options) {
  if (auto ok = check(options); !ok) co_return ok.error();

  TrainingCorpus corpus;
  CharacterCounts characters;
  size_t work = 0;
  for (uint32_t i = 0; i < words.size(); ++i) {
    corpus.add(words.word(i), words.count(i));
    work += words.word(i).size();
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield 0;
  }
  words = {};
  for (const Sentence& sentence : corpus.sentences) {
    characters.add(corpus, sentence);
    work += sentence.length;
    if (work < kWorkPerStep) continue;
    work = 0;
    co_yield 0;
  }
  const std::vector<char32_t> required = required_characters(characters, options.initial_alphabet);
  SpecialTokens special(options);
  if (special.tokens.size() + required.size() > options.vocab_size) {
    co_return Error{ErrorCode::kInvalidArgument,
                    "vocab_size is " + std::to_string(options.vocab_size) + "; the texts have " +
                        std::to_string(required.size()) + " different characters, and there are " +
                        std::to_string(special.tokens.size()) + " special tokens"};
  }

  RepeatedSubstrings substrings(corpus.text, static_cast<uint32_t>(options.max_piece_length));
  while (substrings.step(kWorkPerStep)) co_yield kSeedProgress / 2;
  PieceModel model(corpus, choose_seeds(characters.uses(), substrings.found(), options.seed_size));

  const size_t n_desired = options.vocab_size * 11 / 10;
  const double log_seeds = std::log(static_cast<double>(model.n_pieces()));
  const double log_desired = std::log(static_cast<double>(n_desired));
  while (true) {
    // Each pruning leaves the same part of the pieces.
    const double log_pieces = std::log(static_cast<double>(model.n_pieces()));
    const double progress = kSeedProgress + (1 - kSeedProgress) * (log_seeds - log_pieces) /
                                                std::max(log_seeds - log_desired, 1.0);
    for (size_t i = 0; i < model.n_pieces(); co_yield progress) i = model.index(i);
    for (uint32_t iteration = 0; iteration < options.n_sub_iterations; ++iteration) {
      for (size_t i = 0; i < model.n_sentences(); co_yield progress) i = model.expect(i);
      model.maximize();
      for (size_t i = 0; i < model.n_pieces(); co_yield progress) i = model.index(i);
    }
    if (model.n_pieces() <= n_desired) break;
    for (size_t i = 0; i < model.n_sentences(); co_yield progress) i = model.count_uses(i);
    for (size_t i = 0; i < model.n_pieces(); co_yield progress) i = model.find_alternatives(i);
    const size_t before = model.n_pieces();
    model.prune(std::max(
        n_desired, static_cast<size_t>(static_cast<double>(before) * options.shrinking_factor)));
    if (model.n_pieces() == before) break;
  }

  TrainedModel result;
  result.unknown_id = special.unknown_id;
  for (const std::string& token : special.tokens) {
    result.tokens.add(token);
    result.scores.push_back(0);
  }
  const std::vector<ScoredToken> tokens =
      choose_tokens(corpus, model, required, options.vocab_size - special.tokens.size());
  const auto by_score = sorted_indices(tokens.size(), [&tokens](uint32_t a, uint32_t b) {
    return tokens[a].score > tokens[b].score;
  });
  for (const uint32_t i : by_score) {
    result.tokens.add(tokens[i].token);
    result.scores.push_back(tokens[i].score);
  }
  co_return result;
}

}  // namespace kinvec
