// Models as a tokenizer.json describes them, and what they make of a word.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gguf_builder.h"
#include "src/tokenizer/models/model.h"
#include "stage_reading.h"

namespace kinvec::testing {

using TokenStrings = std::vector<std::string>;

inline const std::string kModel = "kinvec.tokenizer.model";

/// A model's parameters and lists, its type among them.
class ModelBuilder {
 public:
  ModelBuilder(const std::string& type, TokenStrings tokens) : tokens_(std::move(tokens)) {
    builder_.set_string(kModel + ".type", type);
  }

  ModelBuilder& with(const std::string& name, const char* value) {
    builder_.set_string(kModel + "." + name, value);
    return *this;
  }
  ModelBuilder& with(const std::string& name, bool value) {
    builder_.set_bool(kModel + "." + name, value);
    return *this;
  }
  ModelBuilder& with(const std::string& name, uint32_t value) {
    builder_.set_uint(kModel + "." + name, value);
    return *this;
  }
  ModelBuilder& with(const std::string& name, float value) {
    builder_.set_float(kModel + "." + name, value);
    return *this;
  }
  ModelBuilder& scores(const std::vector<float>& values) {
    builder_.set_floats("kinvec.tokenizer.scores", values);
    return *this;
  }
  /// Pairs of ids, by rank.
  ModelBuilder& merges(const std::vector<int32_t>& ids) {
    builder_.set_ints("kinvec.tokenizer.merges", ids);
    return *this;
  }
  /// Pairs of tokens, by rank.
  ModelBuilder& merges(const std::vector<std::pair<std::string, std::string>>& pairs) {
    const Vocabulary vocabulary = make_vocabulary();
    std::vector<int32_t> ids;
    for (const auto& [left, right] : pairs) {
      ids.push_back(vocabulary.find(left));
      ids.push_back(vocabulary.find(right));
    }
    return merges(ids);
  }

  std::unique_ptr<Model> build() const {
    auto model = read();
    REQUIRE(model);
    return std::move(*model);
  }

  /// The error of a model that cannot be read.
  Error error() const {
    auto model = read();
    REQUIRE(!model);
    return model.error();
  }

 private:
  Vocabulary make_vocabulary() const {
    Vocabulary vocabulary;
    for (const std::string& token : tokens_) vocabulary.add({}, token);
    return vocabulary;
  }
  Result<std::unique_ptr<Model>> read() const {
    const auto bytes = builder_.build();
    const auto gguf = Gguf::parse(bytes);
    REQUIRE(gguf);
    return read_described(*gguf, kModel, [&](const StageFields& fields) {
      return read_model(*gguf, fields, make_vocabulary());
    });
  }

  TokenStrings tokens_;
  GgufBuilder builder_;
};

inline std::vector<Piece> pieces_of(const Model& model, ModelState& state, std::string word) {
  const size_t size = word.size();
  word.append(8, '\x55');
  std::vector<Piece> pieces;
  model.tokenize({word.data(), size}, state, pieces);
  return pieces;
}

inline std::string format(const Model& model, const std::vector<Piece>& pieces) {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!text.empty()) text += ' ';
    text += piece.id == kNoToken ? "?" : std::string(model.vocabulary().token(piece.id));
    text += ":" + std::to_string(piece.begin) + "-" + std::to_string(piece.end);
  }
  return text;
}

/// The tokens of a word and the bytes they stand for: "ab:0-2 c:2-3". The word is given twice, so
/// that the second answer comes from what the model remembers.
inline std::string tokenize(const Model& model, const std::string& word) {
  const auto state = model.make_state();
  const std::string first = format(model, pieces_of(model, *state, word));
  CHECK(format(model, pieces_of(model, *state, word)) == first);
  return first;
}

}  // namespace kinvec::testing
