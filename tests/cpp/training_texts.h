// Texts that word vectors are trained on, and what is asked of the outcome.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "src/train/random.h"
#include "src/train/word_corpus.h"

namespace kinvec {

/// Sentences as the corpus takes them; words are parted by single spaces.
inline void add_to(WordCorpus& corpus, const std::vector<std::string>& sentences) {
  std::string texts;
  for (std::string sentence : sentences) {
    std::ranges::replace(sentence, ' ', '\0');
    texts += sentence + std::string(2, '\0');
  }
  REQUIRE(corpus.add_texts(texts));
}

inline WordCorpus corpus_of(const std::vector<std::string>& sentences) {
  WordCorpus corpus;
  add_to(corpus, sentences);
  return corpus;
}

inline std::vector<std::string> words_of(const WordVocabulary& vocabulary) {
  std::vector<std::string> words(vocabulary.size());
  for (size_t i = 0; i < words.size(); ++i) words[i] = vocabulary.word(i);
  return words;
}

/// Texts in which the words of either group are neighbours only of their like.
inline std::vector<std::string> two_worlds() {
  const std::vector<std::string> worlds[] = {{"sun", "moon", "star", "sky"},
                                             {"bread", "soup", "salt", "rice"}};
  Random random(5);
  std::vector<std::string> sentences;
  for (int i = 0; i < 300; ++i) {
    std::string sentence;
    for (int k = 0; k < 8; ++k) {
      sentence += (k == 0 ? "" : " ") + worlds[i % 2][random.below(4)];
    }
    sentences.push_back(sentence);
  }
  return sentences;
}

inline double cosine(const float* a, const float* b, size_t n) {
  double products[3] = {};
  for (size_t i = 0; i < n; ++i) {
    products[0] += a[i] * b[i];
    products[1] += a[i] * a[i];
    products[2] += b[i] * b[i];
  }
  return products[0] / std::sqrt(products[1] * products[2]);
}

}  // namespace kinvec
