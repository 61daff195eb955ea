// Pre-tokenizers as a tokenizer.json describes them, and what they make of a text.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gguf_builder.h"
#include "src/gguf.h"
#include "src/tokenizer/text_pipeline.h"

namespace kinvec::testing {

inline constexpr const char* kBehaviors[] = {"Removed", "Isolated", "MergedWithPrevious",
                                             "MergedWithNext", "Contiguous"};

/// One stage of a tokenizer.json: its type, and its parameters in the order they are added.
class Stage {
 public:
  explicit Stage(const std::string& type) { text("type", type); }

  Stage& text(const std::string& name, const std::string& value) {
    return add(
        [=](GgufBuilder& file, const std::string& at) { file.set_string(at + name, value); });
  }
  Stage& flag(const std::string& name, bool value) {
    return add([=](GgufBuilder& file, const std::string& at) { file.set_bool(at + name, value); });
  }
  Stage& number(const std::string& name, uint32_t value) {
    return add([=](GgufBuilder& file, const std::string& at) { file.set_uint(at + name, value); });
  }

  void write(GgufBuilder& file, const std::string& at) const {
    for (const Field& field : fields_) field(file, at);
  }

 private:
  using Field = std::function<void(GgufBuilder&, const std::string&)>;
  Stage& add(Field field) {
    fields_.push_back(std::move(field));
    return *this;
  }
  std::vector<Field> fields_;
};

inline Stage byte_level(bool add_prefix_space, bool use_regex) {
  return Stage("ByteLevel")
      .flag("add_prefix_space", add_prefix_space)
      .flag("trim_offsets", true)
      .flag("use_regex", use_regex);
}

inline Stage metaspace(const std::string& scheme, bool split = true) {
  return Stage("Metaspace")
      .text("replacement", "\u2581")
      .text("prepend_scheme", scheme)
      .flag("split", split);
}

inline Stage split(const std::string& kind, const std::string& pattern,
                   const std::string& behavior = "Isolated", bool invert = false) {
  return Stage("Split")
      .text("pattern." + kind, pattern)
      .text("behavior", behavior)
      .flag("invert", invert);
}

inline Stage regex(const std::string& pattern, const std::string& behavior = "Isolated",
                   bool invert = false) {
  return split("Regex", pattern, behavior, invert);
}

inline Result<TextPipeline> pipeline_of(const std::vector<Stage>& stages) {
  GgufBuilder file;
  const std::string family = "kinvec.tokenizer.pre_tokenizers.";
  file.set_uint(family + "count", static_cast<uint32_t>(stages.size()));
  for (size_t i = 0; i < stages.size(); ++i)
    stages[i].write(file, family + std::to_string(i) + ".");
  const auto bytes = file.build();
  const auto gguf = Gguf::parse(bytes);
  REQUIRE(gguf);
  return TextPipeline::read(*gguf);
}

struct Words {
  std::string texts;  // between bars
  std::string spans;  // "begin-end" in the source, in UTF-16 units
};

inline Words split_text(const std::vector<Stage>& stages, const std::string& text) {
  const auto pipeline = pipeline_of(stages);
  REQUIRE(pipeline);
  TextScratch scratch;
  pipeline->normalize(text, 0, scratch);
  pipeline->pre_tokenize(scratch);
  const PreTokenizedText& current = scratch.current;
  Words words;
  if (current.words.empty()) return words;
  AlignmentCursor cursor(current.text);
  for (const Word word : current.words) {
    if (!words.texts.empty()) {
      words.texts += "|";
      words.spans += " ";
    }
    words.texts += current.text.text().substr(word.begin, word.end - word.begin);
    words.spans += std::to_string(cursor.begin_of(word.begin)) + "-" +
                   std::to_string(cursor.end_of(word.end - 1));
  }
  return words;
}

inline std::string words(const std::vector<Stage>& stages, const std::string& text) {
  return split_text(stages, text).texts;
}

inline std::string spans(const std::vector<Stage>& stages, const std::string& text) {
  return split_text(stages, text).spans;
}

inline Error refusal(const Stage& stage) {
  const auto pipeline = pipeline_of({stage});
  REQUIRE(!pipeline);
  return pipeline.error();
}

}  // namespace kinvec::testing
