#include "word_trainer.h"

#include <algorithm>

#include "../concat.h"
#include "../kernels/row_steps.h"

namespace kinvec {

namespace {

/// Words of a sentence after sub-sampling; longer ones are cut, as word2vec cuts them.
constexpr size_t kLongestSentence = 1000;

OutputLayer output_layer(const WordVocabulary& vocabulary, const WordTrainerOptions& options) {
  if (options.hierarchical_softmax) return OutputLayer::hierarchical_softmax(vocabulary.counts);
  return OutputLayer::negative_sampling(vocabulary.counts, options.negative);
}

}  // namespace

Result<WordTrainer> WordTrainer::create(WordCorpus corpus, const WordTrainerOptions& options) {
  WordVocabulary vocabulary = corpus.take_vocabulary(options.min_count, options.max_words);
  if (vocabulary.size() == 0) return no_word_error(options.min_count);
  WordTrainer trainer(std::move(vocabulary), std::move(corpus), options);
  if (!trainer.allocate()) {
    return Error{ErrorCode::kOutOfMemory,
                 concat({"there is no memory for ", options.dimensions, " dimensions of ",
                         trainer.vocabulary_.size(), " words and ", trainer.buckets().size(),
                         " sub-words; have fewer of them"})};
  }
  trainer.start_rows();
  trainer.start_share();
  return trainer;
}

Result<void> WordTrainer::add_counts(std::span<const uint64_t> counts) {
  output_ = OutputLayer::negative_sampling(counts, options_.negative);
  if (output_.allocate(options_.dimensions)) return {};
  return Error{ErrorCode::kOutOfMemory,
               concat({"there is no memory for ", options_.dimensions, " dimensions of ",
                       counts.size(), " words in the output layer; have fewer of them"})};
}

WordTrainer::WordTrainer(WordVocabulary vocabulary, WordCorpus corpus,
                         const WordTrainerOptions& options)
    : options_(options),
      vocabulary_(std::move(vocabulary)),
      corpus_(std::move(corpus)),
      rows_(vocabulary_, options.subwords),
      subsampling_(vocabulary_.counts, options.subsample),
      output_(output_layer(vocabulary_, options)),
      random_(options.seed) {
  const LongList<uint32_t>& words = corpus_.words();
  for (size_t i = 0; i < words.size(); ++i) n_epoch_ += words[i] != WordCorpus::kSentenceEnd;
}

bool WordTrainer::allocate() {
  const uint32_t width = options_.dimensions;
  return output_.allocate(width) && scratch_.allocate(3, width) &&
         input_.allocate(uint64_t{vocabulary_.size()} + buckets().size(), width);
}

void WordTrainer::start_rows() {
  // Half the range of FastText, whose words are means of many.
  const float range = (options_.subwords ? 1.0F : 0.5F) / static_cast<float>(options_.dimensions);
  for (size_t r = 0; r < vocabulary_.size() + buckets().size(); ++r) {
    float* const row = input_.row(r);
    for (uint32_t i = 0; i < options_.dimensions; ++i) row[i] = random_.next_signed() * range;
  }
}

/// Those who train together draw numbers of their own.
void WordTrainer::start_share() {
  const TrainingShare share = corpus_.share();
  if (share.count == 1) return;
  uint64_t seed = 0;
  for (uint32_t i = 0; i <= share.index; ++i) seed = random_.next();
  random_ = Random(seed);
}

bool WordTrainer::step(uint64_t n_words) {
  const uint64_t end = std::min(n_total(), place_.n_done + n_words);
  while (place_.n_done < end) {
    read_sentence();
    if (options_.skipgram) {
      train_skipgram();
    } else {
      train_cbow();
    }
  }
  return place_.n_done == n_total();
}

TrainingState WordTrainer::state() {
  return {state_of(place_), state_of(random_), std::as_writable_bytes(input_.numbers()),
          std::as_writable_bytes(output_.rows())};
}

void WordTrainer::read_sentence() {
  const double fall = options_.learning_rate - options_.min_learning_rate;
  rate_ = static_cast<float>(options_.learning_rate - fall * share_done());

  const LongList<uint32_t>& words = corpus_.words();
  if (place_.position == words.size()) place_.position = 0;
  sentence_.clear();
  while (place_.position < words.size() && sentence_.size() < kLongestSentence) {
    const uint32_t word = words[place_.position++];
    if (word == WordCorpus::kSentenceEnd) break;
    ++place_.n_done;
    if (subsampling_.keeps(word, random_)) sentence_.push_back(word);
  }
}

void WordTrainer::gather(uint32_t word) {
  for (const uint32_t row : rows_.of(word)) gathered_.push_back(input_.row(row));
}

// Both directions of a pair are trained, since either word is once in the middle; so it is all the
// same which one predicts. The middle one has its rows gathered once for all its predictions, since
// adding a gradient to each row adds it to their mean, but for n-grams that a word has twice.
void WordTrainer::train_skipgram() {
  const size_t stride = input_.stride();
  for (size_t middle = 0; middle < sentence_.size(); ++middle) {
    const size_t reach = 1 + random_.below(options_.window);
    const size_t begin = middle - std::min(middle, reach);
    const size_t end = std::min(middle + reach + 1, sentence_.size());
    if (end - begin == 1) continue;
    gathered_.clear();
    gather(sentence_[middle]);
    mean_of_rows(gathered_, stride, hidden());
    float* const sums[] = {hidden(), total()};
    std::fill_n(total(), stride, 0.0F);
    for (size_t i = begin; i < end; ++i) {
      if (i == middle) continue;
      output_.learn(hidden(), sentence_[i], rate_, random_, gradient());
      add_to_rows(gradient(), sums, stride);
    }
    add_to_rows(total(), gathered_, stride);
  }
}

// As in word2vec, the mean of the neighbours predicts, and the whole gradient goes to each of them.
void WordTrainer::train_cbow() {
  const size_t stride = input_.stride();
  for (size_t middle = 0; middle < sentence_.size(); ++middle) {
    const size_t reach = 1 + random_.below(options_.window);
    const size_t begin = middle - std::min(middle, reach);
    const size_t end = std::min(middle + reach + 1, sentence_.size());
    gathered_.clear();
    for (size_t i = begin; i < end; ++i) {
      if (i != middle) gather(sentence_[i]);
    }
    if (gathered_.empty()) continue;
    mean_of_rows(gathered_, stride, hidden());
    output_.learn(hidden(), sentence_[middle], rate_, random_, gradient());
    add_to_rows(gradient(), gathered_, stride);
  }
}

std::span<const float> WordTrainer::vector(uint32_t word) {
  gathered_.clear();
  gather(word);
  mean_of_rows(gathered_, input_.stride(), hidden());
  return {hidden(), options_.dimensions};
}

}  // namespace kinvec
