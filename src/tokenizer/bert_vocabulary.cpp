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

/// Reads the parts one by one; the first thing that is wrong is told at the end.
class BertReader {
 public:
  explicit BertReader(const Gguf& gguf) : gguf_(gguf) {}

  Result<BertVocabulary> read();

 private:
  Vocabulary read_tokens();
  BertNormalizerOptions read_normalizer();
  int32_t read_id(std::initializer_list<const char*> keys, std::string_view text);
  std::vector<int32_t> read_template(const char* key, std::initializer_list<const char*> llama_keys,
                                     std::string_view text);
  std::vector<AddedToken> infer_added_tokens() const;

  /// The value, or nothing if that is an error.
  template <class T>
  T take(Result<T> result) {
    if (result) return std::move(*result);
    fail(result.error());
    return {};
  }
  void fail(const Error& error) {
    if (error_.empty()) error_ = ErrorBox(error);
  }

  const Gguf& gguf_;
  ErrorBox error_;
  Vocabulary vocabulary_;
};

/// From llama.cpp's form, which marks the starts of words, to the reference's, which marks the
/// continuing pieces.
Vocabulary BertReader::read_tokens() {
  Vocabulary vocabulary;
  const GgufValue* tokens = gguf_.find_array("tokenizer.ggml.tokens");
  if (tokens == nullptr || tokens->type() != GgufType::kString) {
    fail(format_error("tokenizer.ggml.tokens is missing or no list of strings"));
    return vocabulary;
  }
  size_t bytes = 0;
  for (size_t i = 0; i < tokens->size(); ++i) {
    bytes += tokens->string_at(i).size() + kContinuing.size();
  }
  if (bytes > std::numeric_limits<uint32_t>::max() / 2) {
    fail(format_error("tokenizer.ggml.tokens is too long"));
    return vocabulary;
  }
  vocabulary.reserve(tokens->size(), bytes);
  for (size_t i = 0; i < tokens->size(); ++i) {
    const std::string_view token = tokens->string_at(i);
    const bool is_start = token.starts_with(kWordStart);
    const bool is_whole = is_start || is_bracketed(token);
    vocabulary.add(is_whole ? std::string_view() : kContinuing,
                   is_start ? token.substr(kWordStart.size()) : token);
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

BertNormalizerOptions BertReader::read_normalizer() {
  for (const char* key : {"kinvec.tokenizer.normalizer", "kinvec.tokenizer.pre_tokenizer"}) {
    const auto name = gguf_.get_string(key);
    if (name && *name != "bert") {
      fail({ErrorCode::kUnsupportedTokenizer, concat({key, " \"", *name, "\" is not supported"}),
            -1});
    }
  }
  const auto get = [this](const char* key) { return gguf_.get_bool(key); };
  const auto lowercase = get("kinvec.tokenizer.lowercase");
  BertNormalizerOptions options;
  options.clean_text = get("kinvec.tokenizer.clean_text").value_or(true);
  options.handle_chinese_chars = get("kinvec.tokenizer.handle_chinese_chars").value_or(true);
  options.lowercase = lowercase ? *lowercase : !has_capitals(vocabulary_);
  options.strip_accents = get("kinvec.tokenizer.strip_accents").value_or(options.lowercase);
  return options;
}

/// The id under the first of the keys that the file has, else that of the token `text`.
int32_t BertReader::read_id(std::initializer_list<const char*> keys, std::string_view text) {
  for (const char* key : keys) {
    const auto id = gguf_.get_uint(key);
    if (!id) continue;
    if (*id < vocabulary_.size()) return static_cast<int32_t>(*id);
    fail(format_error(concat({key, " lies outside the vocabulary"})));
  }
  const int32_t id = vocabulary_.find(text);
  if (id < 0) fail(format_error(concat({"the vocabulary has no ", text})));
  return id;
}

/// The special tokens of a file of llama.cpp, by type and by name; a person's own tokens, which
/// the reference looks for in normalized text.
std::vector<AddedToken> BertReader::infer_added_tokens() const {
  const GgufValue* types = gguf_.find_array("tokenizer.ggml.token_type");
  const bool typed = types != nullptr && types->type() != GgufType::kString;
  std::vector<AddedToken> tokens;
  for (size_t i = 0; i < vocabulary_.size(); ++i) {
    const auto id = static_cast<int32_t>(i);
    const std::string_view text = vocabulary_.token(id);
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
std::vector<int32_t> BertReader::read_template(const char* key,
                                               std::initializer_list<const char*> llama_keys,
                                               std::string_view text) {
  if (gguf_.find_array(key) != nullptr) return take(read_token_ids(gguf_, key));
  return {read_id(llama_keys, text)};
}

Result<BertVocabulary> BertReader::read() {
  vocabulary_ = read_tokens();
  BertVocabulary bert;
  bert.normalizer = read_normalizer();
  bert.wordpiece.unknown_id = read_id({"tokenizer.ggml.unknown_token_id"}, "[UNK]");
  bert.wordpiece.continuing_subword_prefix = kContinuing;
  if (const auto limit = gguf_.get_uint("kinvec.tokenizer.max_input_chars_per_word")) {
    bert.wordpiece.max_input_chars_per_word =
        static_cast<size_t>(std::min<uint64_t>(*limit, std::numeric_limits<size_t>::max()));
  }
  bert.prefix =
      read_template("kinvec.tokenizer.prefix",
                    {"tokenizer.ggml.cls_token_id", "tokenizer.ggml.bos_token_id"}, "[CLS]");
  bert.suffix =
      read_template("kinvec.tokenizer.suffix",
                    {"tokenizer.ggml.seperator_token_id", "tokenizer.ggml.eos_token_id"}, "[SEP]");
  bert.added_tokens = gguf_.find_array("kinvec.tokenizer.added_tokens") != nullptr
                          ? take(read_added_tokens(gguf_))
                          : infer_added_tokens();
  bert.vocabulary = std::move(vocabulary_);
  if (!error_.empty()) return std::move(error_);
  return bert;
}

}  // namespace

Result<BertVocabulary> read_bert_vocabulary(const Gguf& gguf) { return BertReader(gguf).read(); }

Result<void> add_bert_parts(BertVocabulary&& bert, TokenizerParts& parts) {
  const size_t size = bert.vocabulary.size();
  if (size > Vocabulary::kMaxTokens) return format_error("the vocabulary has too many tokens");
  const int32_t unknown = bert.wordpiece.unknown_id;
  if (unknown < 0 || static_cast<size_t>(unknown) >= size) {
    return format_error("the id of the unknown token lies outside the vocabulary", unknown);
  }
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
  return {};
}

}  // namespace kinvec
