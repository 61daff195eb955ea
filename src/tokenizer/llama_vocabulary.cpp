#include "llama_vocabulary.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "../concat.h"
#include "../gguf_writer.h"
#include "../sort_indices.h"
#include "added_tokens.h"
#include "llama_splitting.h"

namespace kinvec {
namespace {

constexpr std::string_view kMetaspace = "\xE2\x96\x81";  // U+2581

enum TokenType : int64_t {
  kNormal = 1,
  kUnknown = 2,
  kControl = 3,
  kUserDefined = 4,
  kUnused = 5,
  kByte = 6
};

/// Token ids by their strings.
class TokenIndex {
 public:
  explicit TokenIndex(const std::vector<std::string_view>& tokens)
      : tokens_(tokens), order_(sorted_indices(tokens.size(), [&](uint32_t a, uint32_t b) {
          return tokens[a] < tokens[b];
        })) {}

  /// The id of a token, or -1.
  int32_t find(std::string_view token) const {
    size_t begin = 0;
    for (size_t count = order_.size(); count > 0;) {
      const size_t half = count / 2;
      if (tokens_[order_[begin + half]] < token) {
        begin += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    if (begin == order_.size() || tokens_[order_[begin]] != token) return -1;
    return static_cast<int32_t>(order_[begin]);
  }

 private:
  const std::vector<std::string_view>& tokens_;
  std::vector<uint32_t> order_;
};

/// Writes the description; each method a part of it.
class Translation {
 public:
  explicit Translation(const Gguf& gguf) : gguf_(gguf) {}

  void add_tokens();
  void add_byte_level_bpe();
  void add_unigram();

  /// The description, or the first thing that was wrong.
  Result<std::vector<std::byte>> finish();

 private:
  enum Family { kNormalizers, kPreTokenizers, kPostProcessors, kDecoders };
  static constexpr const char* kFamilies[] = {"normalizers", "pre_tokenizers", "post_processors",
                                              "decoders"};

  /// Starts the next stage of a family, which the parameters that follow belong to.
  void add_stage(Family family, std::string_view type);
  void put_string(std::string_view name, std::string_view value) {
    out_.put_string(concat({stage_, name}), value);
  }
  void put_uint(std::string_view name, uint32_t value) {
    out_.put_uint(concat({stage_, name}), value);
  }
  void put_bool(std::string_view name, bool value) { out_.put_bool(concat({stage_, name}), value); }
  void add_byte_level(Family family, bool add_prefix_space, bool use_regex);
  void add_metaspace(bool byte_fallback);
  void add_merges();
  void add_scores();
  void add_special_tokens(bool bos_by_default, bool eos_by_default, bool is_byte_level);
  void add_template(int32_t bos, int32_t eos, int32_t sep, uint32_t second_type_id);

  int64_t type_of(size_t id) const { return types_ != nullptr ? types_->int_at(id) : kNormal; }
  bool get_bool(std::string_view name, bool fallback) const {
    return gguf_.get_bool(concat({"tokenizer.ggml.", name})).value_or(fallback);
  }
  /// The id under tokenizer.ggml.<name>_token_id; without one, the fallback.
  int32_t get_id(std::string_view name, int32_t fallback);

  void damaged(std::string_view message, int64_t at = -1) { fail(format_error(message, at)); }
  void unsupported(std::string_view message) {
    fail({ErrorCode::kUnsupportedTokenizer, std::string(message), -1});
  }
  void fail(const Error& error) {
    if (error_.empty()) error_ = ErrorBox(error);
  }

  const Gguf& gguf_;
  ErrorBox error_;
  GgufWriter out_;
  std::vector<std::string_view> tokens_;
  const GgufValue* types_ = nullptr;
  uint32_t n_stages_[std::size(kFamilies)] = {};
  std::string stage_;  // what the keys of the stage begin with
};

void Translation::add_stage(Family family, std::string_view type) {
  stage_ = concat({"kinvec.tokenizer.", kFamilies[family], ".", n_stages_[family]++, "."});
  put_string("type", type);
}

Result<std::vector<std::byte>> Translation::finish() {
  if (!error_.empty()) return std::move(error_);
  for (size_t i = 0; i < std::size(kFamilies); ++i) {
    out_.put_uint(concat({"kinvec.tokenizer.", kFamilies[i], ".count"}), n_stages_[i]);
  }
  return out_.block();
}

int32_t Translation::get_id(std::string_view name, int32_t fallback) {
  const std::string key = concat({"tokenizer.ggml.", name, "_token_id"});
  const auto id = gguf_.get_uint(key);
  if (!id) return fallback;
  if (*id < tokens_.size()) return static_cast<int32_t>(*id);
  damaged(concat({key, " lies outside the vocabulary"}));
  return fallback;
}

// ---- Tokens

void Translation::add_tokens() {
  const GgufValue* tokens = gguf_.find_array("tokenizer.ggml.tokens");
  if (tokens == nullptr || tokens->type() != GgufType::kString) {
    return damaged("tokenizer.ggml.tokens is missing or no list of strings");
  }
  for (size_t i = 0; i < tokens->size(); ++i) tokens_.push_back(tokens->string_at(i));
  types_ = gguf_.find_array("tokenizer.ggml.token_type");
  if (types_ != nullptr &&
      (types_->type() == GgufType::kString || types_->size() < tokens_.size())) {
    types_ = nullptr;
    return damaged("tokenizer.ggml.token_type does not match the tokens");
  }
  const int32_t mask = get_id("mask", -1);

  std::vector<int32_t> added;
  std::vector<uint8_t> flags;
  std::vector<int32_t> holes;  // the converter's, up to the size of the embedding table
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const auto id = static_cast<int32_t>(i);
    const int64_t type = type_of(i);
    if (type == kUnused && tokens_[i] == concat({"[PAD", i, "]"})) {
      tokens_[i] = {};
      holes.push_back(id);
    }
    if (type != kControl && type != kUnknown && type != kUserDefined) continue;
    if (tokens_[i].empty()) return damaged("a special token is empty", id);
    added.push_back(id);
    // A mask takes the white space before it along, in all models that have one.
    flags.push_back(static_cast<uint8_t>((type == kUserDefined ? 0 : AddedToken::kSpecial) |
                                         (id == mask ? AddedToken::kLstrip : 0)));
  }
  out_.put_strings("tokenizer.ggml.tokens", tokens_);
  out_.put_ints("kinvec.tokenizer.added_tokens", added);
  out_.put_bytes("kinvec.tokenizer.added_token_flags", flags);
  out_.put_ints("kinvec.tokenizer.added_only", holes);
}

// ---- Special tokens around a text

void Translation::add_template(int32_t bos, int32_t eos, int32_t sep, uint32_t second_type_id) {
  add_stage(kPostProcessors, "TemplateProcessing");
  const std::pair<std::string_view, int32_t> specials[] = {
      {"bos", bos}, {"eos", eos}, {"sep", sep}};
  uint32_t n_specials = 0;
  for (const auto& [name, id] : specials) {
    if (id < 0) continue;
    const std::string special = concat({"special_tokens.", n_specials++});
    put_string(concat({special, ".id"}), name);
    out_.put_ints(concat({stage_, special, ".ids"}), {id});
  }
  put_uint("special_tokens.count", n_specials);

  uint32_t n_pieces = 0;
  const auto put_piece = [&](const char* list, const char* kind, const char* id, uint32_t type) {
    const std::string piece = concat({list, ".", n_pieces++, ".", kind});
    put_string(concat({piece, ".id"}), id);
    put_uint(concat({piece, ".type_id"}), type);
  };
  if (bos >= 0) put_piece("single", "SpecialToken", "bos", 0);
  put_piece("single", "Sequence", "A", 0);
  if (eos >= 0) put_piece("single", "SpecialToken", "eos", 0);
  put_uint("single.count", n_pieces);

  n_pieces = 0;
  if (bos >= 0) put_piece("pair", "SpecialToken", "bos", 0);
  put_piece("pair", "Sequence", "A", 0);
  if (eos >= 0) put_piece("pair", "SpecialToken", "eos", 0);
  if (sep >= 0) put_piece("pair", "SpecialToken", "sep", 0);
  // With nothing between the texts, the second one begins as the first does.
  if (bos >= 0 && eos < 0 && sep < 0) put_piece("pair", "SpecialToken", "bos", second_type_id);
  put_piece("pair", "Sequence", "B", second_type_id);
  if (eos >= 0) put_piece("pair", "SpecialToken", "eos", second_type_id);
  put_uint("pair.count", n_pieces);
}

void Translation::add_special_tokens(bool bos_by_default, bool eos_by_default, bool is_byte_level) {
  const bool has_bos = get_bool("add_bos_token", bos_by_default);
  const bool has_eos = get_bool("add_eos_token", eos_by_default);
  // Files from before there was a key for it are those of RoBERTa and its like.
  const bool has_sep = get_bool("add_sep_token", has_bos && has_eos);
  const int32_t bos = get_id("bos", -1);
  const int32_t eos = get_id("eos", is_byte_level || tokens_.size() < 2 ? -1 : 1);
  const int32_t sep = get_id("seperator", eos);  // sic
  if ((has_bos && bos < 0) || (has_eos && eos < 0) || (has_sep && sep < 0)) {
    return damaged("a special token is to be added, but its id is missing");
  }
  if (!has_bos && !has_eos && !has_sep) return;
  if (is_byte_level && has_bos && has_eos && has_sep && sep == eos) {
    add_stage(kPostProcessors, "RobertaProcessing");
    put_uint("cls.1", static_cast<uint32_t>(bos));
    put_uint("sep.1", static_cast<uint32_t>(sep));
    put_bool("trim_offsets", true);
    put_bool("add_prefix_space", get_bool("add_space_prefix", false));
    return;
  }
  add_template(has_bos ? bos : -1, has_eos ? eos : -1, has_sep ? sep : -1,
               is_byte_level && !has_sep ? 1 : 0);
}

// ---- Byte-level BPE

void Translation::add_merges() {
  const GgufValue* merges = gguf_.find_array("tokenizer.ggml.merges");
  if (merges == nullptr || merges->type() != GgufType::kString) {
    return damaged("tokenizer.ggml.merges is missing or no list of strings");
  }
  const TokenIndex index(tokens_);
  std::vector<int32_t> pairs;
  pairs.reserve(2 * merges->size());
  for (size_t i = 0; i < merges->size(); ++i) {
    const std::string_view merge = merges->string_at(i);
    const size_t space = merge.find(' ', 1);
    const auto at = static_cast<int64_t>(i);
    if (space == std::string_view::npos) return damaged("a merge is not two tokens", at);
    for (const std::string_view token : {merge.substr(0, space), merge.substr(space + 1)}) {
      const int32_t id = index.find(token);
      if (id < 0) return damaged("a merge has a token that is not in the vocabulary", at);
      pairs.push_back(id);
    }
  }
  out_.put_ints("kinvec.tokenizer.merges", pairs);
}

void Translation::add_byte_level(Family family, bool add_prefix_space, bool use_regex) {
  add_stage(family, "ByteLevel");
  put_bool("add_prefix_space", add_prefix_space);
  put_bool("trim_offsets", true);
  put_bool("use_regex", use_regex);
}

void Translation::add_byte_level_bpe() {
  const std::string_view name = gguf_.get_string("tokenizer.ggml.pre").value_or("default");
  const LlamaSplitting* splitting = find_llama_splitting(name);
  if (splitting == nullptr) {
    return unsupported(concat({"tokenizer.ggml.pre \"", name, "\" is not supported"}));
  }
  const uint8_t flags = splitting->flags;
  const bool by_gpt2 = *splitting->patterns == nullptr;
  const bool add_prefix_space = get_bool("add_space_prefix", false);
  if (add_prefix_space && !by_gpt2) {
    return unsupported(concat(
        {"tokenizer.ggml.add_space_prefix is not supported with the splitting \"", name, "\""}));
  }
  if ((flags & LlamaSplitting::kNfc) != 0) add_stage(kNormalizers, "NFC");
  if ((flags & LlamaSplitting::kDigits) != 0) {
    add_stage(kPreTokenizers, "Digits");
    put_bool("individual_digits", true);
  }
  for (const char* const* pattern = splitting->patterns; *pattern != nullptr; ++pattern) {
    add_stage(kPreTokenizers, "Split");
    put_string("pattern.Regex", *pattern);
    put_string("behavior", "Isolated");
    put_bool("invert", false);
  }
  add_byte_level(kPreTokenizers, add_prefix_space, by_gpt2);
  add_byte_level(kDecoders, add_prefix_space, by_gpt2);
  out_.put_string("kinvec.tokenizer.model.type", "BPE");
  out_.put_bool("kinvec.tokenizer.model.ignore_merges",
                (flags & LlamaSplitting::kIgnoreMerges) != 0);
  add_merges();
  add_special_tokens((flags & LlamaSplitting::kBos) != 0, false, true);
}

// ---- Unigram

void Translation::add_scores() {
  const GgufValue* values = gguf_.find_array("tokenizer.ggml.scores");
  if (values == nullptr || values->type() == GgufType::kString || values->size() < tokens_.size()) {
    return damaged("tokenizer.ggml.scores does not match the tokens");
  }
  std::vector<double> scores(tokens_.size());
  for (size_t i = 0; i < scores.size(); ++i) {
    // Special tokens have scores of the converter's making, which must not be taken for the lowest:
    // that one tells what an unknown character costs.
    const int64_t type = type_of(i);
    const bool is_piece = type == kNormal || type == kByte || type == kUnused;
    if (is_piece && !tokens_[i].empty()) scores[i] = values->float_at(i);
  }
  out_.put_floats("kinvec.tokenizer.scores", scores);
}

void Translation::add_metaspace(bool byte_fallback) {
  const bool merges_spaces = get_bool("remove_extra_whitespaces", false);
  const bool prepends = get_bool("add_space_prefix", merges_spaces);
  if (merges_spaces && !prepends) {
    return unsupported(
        "tokenizer.ggml.remove_extra_whitespaces without add_space_prefix is not supported");
  }
  if (merges_spaces) add_stage(kPreTokenizers, "WhitespaceSplit");
  if (byte_fallback) add_stage(kDecoders, "ByteFallback");
  for (const Family family : {kPreTokenizers, kDecoders}) {
    add_stage(family, "Metaspace");
    put_string("replacement", kMetaspace);
    put_string("prepend_scheme", prepends ? "always" : "never");
  }
}

void Translation::add_unigram() {
  const GgufValue* charsmap = gguf_.find_array("tokenizer.ggml.precompiled_charsmap");
  if (charsmap != nullptr && charsmap->size() > 0) {
    if (charsmap->type() != GgufType::kUint8 && charsmap->type() != GgufType::kInt8) {
      return damaged("tokenizer.ggml.precompiled_charsmap is no list of bytes");
    }
    std::vector<uint8_t> bytes(charsmap->size());
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(charsmap->int_at(i));
    add_stage(kNormalizers, "Precompiled");
    out_.put_bytes(concat({stage_, "precompiled_charsmap"}), bytes);
  }
  bool byte_fallback = false;
  for (size_t i = 0; i < tokens_.size(); ++i) byte_fallback |= type_of(i) == kByte;
  add_metaspace(byte_fallback);
  const int32_t unknown = get_id("unknown", tokens_.size() > 2 ? 2 : -1);
  out_.put_string("kinvec.tokenizer.model.type", "Unigram");
  if (unknown >= 0) {
    out_.put_uint("kinvec.tokenizer.model.unk_id", static_cast<uint32_t>(unknown));
  }
  out_.put_bool("kinvec.tokenizer.model.byte_fallback", byte_fallback);
  add_scores();
  add_special_tokens(false, true, false);
}

}  // namespace

Result<std::vector<std::byte>> describe_llama_vocabulary(const Gguf& gguf) {
  const std::string_view model = gguf.get_string("tokenizer.ggml.model").value_or("");
  Translation translation(gguf);
  translation.add_tokens();
  if (model == "t5") {
    translation.add_unigram();
  } else if (model == "gpt2") {
    translation.add_byte_level_bpe();
  } else {
    return Error{ErrorCode::kUnsupportedTokenizer,
                 concat({"tokenizer model \"", model, "\" is not supported"}), -1};
  }
  return translation.finish();
}

}  // namespace kinvec
