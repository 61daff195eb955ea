// An engine put through its steps: a model in, texts in, vectors out.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "src/engine.h"

namespace kinvec::testing {

// The file comes in pieces of so many bytes, as a download does.
inline Result<void> load(Engine& engine, const std::vector<std::byte>& file,
                         const EngineOptions& options = {}, size_t piece = 5000) {
  std::byte* block = engine.reserve_model(file.size());
  for (size_t at = 0; block != nullptr && at < file.size();) {
    const size_t end = std::min(file.size(), at + piece);
    std::copy(file.data() + at, file.data() + end, block + at);
    engine.model_arrived(end);
    at = end;
  }
  return engine.load(options);
}

inline void give_texts(Engine& engine, const std::vector<std::string>& texts) {
  size_t bytes = 0;
  for (const auto& text : texts) bytes += text.size();
  char* block = engine.reserve_texts(bytes, texts.size());
  uint32_t end = 0;
  for (size_t i = 0; i < texts.size(); ++i) {
    std::copy(texts[i].begin(), texts[i].end(), block + end);
    end += static_cast<uint32_t>(texts[i].size());
    engine.text_ends()[i] = end;
  }
}

inline std::vector<float> embed_tokens(Engine& engine, size_t dimensions = 0,
                                       bool normalize = true) {
  REQUIRE(engine.begin_embed(dimensions, normalize));
  for (;;) {
    const auto done = engine.embed_next();
    REQUIRE(done);
    if (*done == engine.full_token_counts().size()) break;
  }
  return {engine.vectors().begin(), engine.vectors().end()};
}

inline std::vector<float> embed(Engine& engine, const std::vector<std::string>& texts,
                                size_t dimensions = 0) {
  give_texts(engine, texts);
  REQUIRE(engine.tokenize(true, 0));
  return embed_tokens(engine, dimensions);
}

inline double cosine(const float* a, const float* b, size_t n) {
  double dot = 0;
  double aa = 0;
  double bb = 0;
  for (size_t i = 0; i < n; ++i) {
    dot += double{a[i]} * b[i];
    aa += double{a[i]} * a[i];
    bb += double{b[i]} * b[i];
  }
  return dot / std::sqrt(aa * bb);
}

inline std::vector<std::string> sample_texts() {
  std::vector<std::string> texts{"the cat sat on the mat.", "", "a", "cat!", "zebra quartz"};
  std::string longer;
  for (int i = 0; i < 60; ++i) {
    longer += "the cat sat on a mat. ";
    texts.push_back(longer);
  }
  return texts;
}

}  // namespace kinvec::testing
