#include "bert_vocabulary.h"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "../concat.h"
#include "decoders/word_decoders.h"
#include "pre_tokenizers/bert_pre_tokenizer.h"
#include "token_ids.h"

namespace kinvec {
namespace {

constexpr std::string_view kWordStart = "\xE2\x96\x81";  // U+2581, llama.cpp's mark
constexpr std::string_view kContinuing = "##";

enum TokenType : int64_t { kUnknown = 2, kControl = 3, kUserDefined = 4 };

bool is_bracketed(std::string_view token) { return token.starts_with('[') && token.ends_with(']'); }

/// From llama.cpp's form, which marks the starts of words, to the reference's, which marks the
/// continuing pieces.
Result<Vocabulary> read_vocabulary(const Gguf& gguf) {
  const GgufValue* tokens = gguf.find_array("tokenizer.ggml.tokens");
  if (tokens == nullptr || tokens->type() != GgufType::kString) {
    return format_error("tokenizer.ggml.tokens is missing or no list of strings");
  }
  size_t bytes = 0;
  for (size_t i = 0; i < tokens->size(); ++i) {
    bytes += tokens->string_at(i).size() + kContinuing.size();
  }
  if (bytes > std::numeric_limits<uint32_t>::max() / 2) {
    return format_error("tokenizer.ggml.tokens is too long");
  }
  Vocabulary vocabulary;
  vocabulary.reserve(tokens->size(), bytes);
  for (size_t i = 0; i < tokens->size(); ++i) {
    const std::string_view token = tokens->string_at(i);
    if (is_bracketed(token)) {
      vocabulary.add({}, token);
    } else if (token.starts_with(kWordStart)) {
      vocabulary.add({}, token.substr(kWordStart.size()));
    } else {
      vocabulary.add(kContinuing, token);
    }
  }
  return vocabulary;
}

bool has_capitals(const Vocabulary& vocabulary) {
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    const std::string_view token = vocabulary.token(static_cast<int32_t>(id));
    if (is_bracketed(token)) continue;
    for (const char c : token) {
      if (c >= 'A' && c <= 'Z') return true;
    }
  }
  return false;
}

Result<BertNormalizerOptions> read_bert_normalizer(const Gguf& gguf, const Vocabulary& vocabulary) {
  for (const char* key : {"kinvec.tokenizer.normalizer", "kinvec.tokenizer.pre_tokenizer"}) {
    const auto name = gguf.get_string(key);
    if (name && *name != "bert") {
      return Error{ErrorCode::kUnsupportedTokenizer,
                   concat({key, " \"", *name, "\" is not supported"}), -1};
    }
  }
  const auto lowercase = gguf.get_bool("kinvec.tokenizer.lowercase");
  const auto strip_accents = gguf.get_bool("kinvec.tokenizer.strip_accents");
  BertNormalizerOptions options;
  options.clean_text = gguf.get_bool("kinvec.tokenizer.clean_text").value_or(true);
  options.handle_chinese_chars =
      gguf.get_bool("kinvec.tokenizer.handle_chinese_chars").value_or(true);
  options.lowercase = lowercase ? *lowercase : !has_capitals(vocabulary);
  options.strip_accents = strip_accents.value_or(options.lowercase);
  return options;
}

/// The id under the first of the keys that the file has, else that of the token `text`.
Result<int32_t> read_id(const Gguf& gguf, const Vocabulary& vocabulary,
                        std::initializer_list<const char*> keys, std::string_view text) {
  for (const char* key : keys) {
    const auto id = gguf.get_uint(key);
    if (!id) continue;
    if (*id >= vocabulary.size())
      return format_error(concat({key, " lies outside the vocabulary"}));
    return static_cast<int32_t>(*id);
  }
  const int32_t id = vocabulary.find(text);
  if (id < 0) return format_error(concat({"the vocabulary has no ", text}));
  return id;
}

/// The special tokens of a file of llama.cpp, by type and by name; a person's own tokens, which
/// the reference looks for in normalized text.
std::vector<AddedToken> infer_added_tokens(const Gguf& gguf, const Vocabulary& vocabulary) {
  const GgufValue* types = gguf.find_array("tokenizer.ggml.token_type");
  const bool typed = types != nullptr && types->type() != GgufType::kString;
  std::vector<AddedToken> tokens;
  for (size_t i = 0; i < vocabulary.size(); ++i) {
    const auto id = static_cast<int32_t>(i);
    const std::string_view text = vocabulary.token(id);
    if (text.empty()) continue;
    const int64_t type = typed && i < types->size() ? types->int_at(i) : 0;
    const bool named = text == "[UNK]" || text == "[CLS]" || text == "[SEP]" || text == "[PAD]" ||
                       text == "[MASK]";
    if (type == kUnknown || type == kControl || named) {
      tokens.emplace_back(id, AddedToken::kSpecial);
    } else if (type == kUserDefined) {
      tokens.emplace_back(id, AddedToken::kNormalized);
    }
  }
  return tokens;
}

/// The tokens around a text under `key`, else the one that llama.cpp names.
Result<std::vector<int32_t>> read_template(const Gguf& gguf, const Vocabulary& vocabulary,
                                           const char* key,
                                           std::initializer_list<const char*> llama_keys,
                                           std::string_view text) {
  if (gguf.find_array(key) != nullptr) return read_token_ids(gguf, key);
  auto id = read_id(gguf, vocabulary, llama_keys, text);
  if (!id) return id.error();
  return std::vector<int32_t>{*id};
}

}  // namespace

Result<BertVocabulary> read_bert_vocabulary(const Gguf& gguf) {
  auto vocabulary = read_vocabulary(gguf);
  if (!vocabulary) return vocabulary.error();
  auto normalizer = read_bert_normalizer(gguf, *vocabulary);
  if (!normalizer) return normalizer.error();
  auto unknown = read_id(gguf, *vocabulary, {"tokenizer.ggml.unknown_token_id"}, "[UNK]");
  if (!unknown) return unknown.error();
  auto prefix =
      read_template(gguf, *vocabulary, "kinvec.tokenizer.prefix",
                    {"tokenizer.ggml.cls_token_id", "tokenizer.ggml.bos_token_id"}, "[CLS]");
  if (!prefix) return prefix.error();
  auto suffix =
      read_template(gguf, *vocabulary, "kinvec.tokenizer.suffix",
                    {"tokenizer.ggml.seperator_token_id", "tokenizer.ggml.eos_token_id"}, "[SEP]");
  if (!suffix) return suffix.error();

  BertVocabulary bert;
  bert.normalizer = *normalizer;
  bert.wordpiece.unknown_id = *unknown;
  bert.wordpiece.continuing_subword_prefix = kContinuing;
  if (const auto limit = gguf.get_uint("kinvec.tokenizer.max_input_chars_per_word")) {
    bert.wordpiece.max_input_chars_per_word =
        static_cast<size_t>(std::min<uint64_t>(*limit, std::numeric_limits<size_t>::max()));
  }
  if (gguf.find_array("kinvec.tokenizer.added_tokens") != nullptr) {
    auto added = read_added_tokens(gguf);
    if (!added) return added.error();
    bert.added_tokens = std::move(*added);
  } else {
    bert.added_tokens = infer_added_tokens(gguf, *vocabulary);
  }
  bert.prefix = std::move(*prefix);
  bert.suffix = std::move(*suffix);
  bert.vocabulary = std::move(*vocabulary);
  return bert;
}

Result<TokenizerParts> bert_parts(BertVocabulary bert) {
  const size_t size = bert.vocabulary.size();
  if (size > Vocabulary::kMaxTokens) return format_error("the vocabulary has too many tokens");
  const int32_t unknown = bert.wordpiece.unknown_id;
  if (unknown < 0 || static_cast<size_t>(unknown) >= size) {
    return format_error("the id of the unknown token lies outside the vocabulary", unknown);
  }
  TokenizerParts parts;
  std::vector<std::unique_ptr<Normalizer>> normalizers;
  normalizers.push_back(std::make_unique<BertNormalizer>(bert.normalizer));
  std::vector<std::unique_ptr<PreTokenizer>> pre_tokenizers;
  pre_tokenizers.push_back(std::make_unique<BertPreTokenizer>());
  parts.pipeline = TextPipeline(std::move(normalizers), std::move(pre_tokenizers));
  parts.model = std::make_unique<WordPiece>(std::move(bert.vocabulary), std::move(bert.wordpiece));
  parts.post_processor.special_tokens =
      Template::around(std::move(bert.prefix), std::move(bert.suffix));
  parts.added_tokens = std::move(bert.added_tokens);
  parts.decoders.push_back(make_wordpiece_decoder(std::string(kContinuing), true));
  return parts;
}

}  // namespace kinvec
