// The JavaScript face of tokenizers. web/native/module.ts mirrors it.

#include <memory>
#include <string>

#include "../src/gguf.h"
#include "../src/kernels/aligned_buffer.h"
#include "../src/tokenizer/encode_options.h"
#include "../src/tokenizer/token_strings.h"
#include "../src/tokenizer/tokenizer.h"
#include "binding.h"

namespace kinvec_binding {
namespace {

using kinvec::AlignedBuffer;
using kinvec::EncodeOptions;

/// Where the parts of one encoding lie, read by the script as 32-bit numbers: a call per part would
/// cost more than encoding a short text.
struct EncodingTable {
  uint32_t n_tokens = 0;
  uint32_t n_tokens_full = 0;
  uintptr_t ids = 0;
  uintptr_t offsets = 0;
  uintptr_t word_ids = 0;
  uintptr_t type_ids = 0;
  uintptr_t special_tokens_mask = 0;
};

/// How the file says that texts are cut, read as 32-bit numbers as well.
struct TruncationTable {
  uint32_t max_tokens;
  uint32_t strategy;
  uint32_t side;
  uint32_t stride;
};

class TokenizerBinding {
 public:
  uintptr_t reserve_file(size_t bytes) {
    file_ = AlignedBuffer<std::byte>(bytes);
    return address(file_.data());
  }

  Status open() {
    const Status status = read_file();
    file_ = AlignedBuffer<std::byte>();
    return status;
  }

  size_t vocab_size() const { return tokenizer_->vocab_size(); }
  int id(const std::string& token) const { return tokenizer_->id(token); }

  uintptr_t truncation() const { return address(&truncation_); }

  void set_options(bool add_special_tokens, size_t max_tokens, int strategy, int side,
                   size_t stride, bool overflow) {
    options_ = {add_special_tokens,
                max_tokens,
                static_cast<kinvec::TruncationStrategy>(strategy),
                static_cast<kinvec::TruncationSide>(side),
                stride,
                overflow};
  }

  uintptr_t reserve_text(size_t bytes) { return reserve(text_, bytes); }

  // The code of an error, or 0; error() has its status.
  int encode(size_t bytes) {
    return finish(tokenizer_->encode({text_.data(), bytes}, options_, *scratch_, encoding_));
  }
  int encode_pair(size_t first_bytes, size_t second_bytes) {
    return finish(tokenizer_->encode_pair({text_.data(), first_bytes},
                                          {text_.data() + first_bytes, second_bytes}, options_,
                                          *scratch_, encoding_));
  }
  Status error() const { return error_; }

  uintptr_t encoding() const { return address(&table_); }
  size_t overflow_size() const { return encoding_.overflow.size(); }
  void show_overflow(size_t i) { show(encoding_.overflow[i]); }

  uintptr_t reserve_ids(size_t count) { return reserve(ids_, count); }
  /// Bytes, since the stock conversion of strings drops a U+FEFF at their start.
  val decode(size_t count, bool skip_special_tokens) {
    decoded_ = tokenizer_->decode({ids_.data(), count}, skip_special_tokens);
    return view(bytes_of(decoded_));
  }

  void find_token_strings(size_t count) {
    token_strings_.assign(*tokenizer_, {ids_.data(), count});
  }
  val token_bytes() const { return view(bytes_of(token_strings_.bytes)); }
  val token_ends() const { return view(std::span(token_strings_.ends)); }

 private:
  Status read_file() {
    auto gguf = kinvec::Gguf::parse({file_.data(), file_.size()});
    if (!gguf) return status_of(gguf.error());
    const auto options = kinvec::read_encode_options(*gguf);
    if (!options) return status_of(options.error());
    auto tokenizer = kinvec::Tokenizer::from_gguf(*gguf);
    if (!tokenizer) return status_of(tokenizer.error());
    truncation_ = {options->max_tokens, static_cast<uint32_t>(options->strategy),
                   static_cast<uint32_t>(options->side), options->stride};
    tokenizer_ = std::move(*tokenizer);
    scratch_ = tokenizer_->make_scratch();
    return {};
  }

  int finish(const kinvec::Result<void>& result) {
    error_ = status_of(result);
    if (result) show(encoding_);
    table_.n_tokens_full = static_cast<uint32_t>(encoding_.n_tokens_full);
    return error_.code;
  }

  void show(const kinvec::Tokens& tokens) {
    table_.n_tokens = static_cast<uint32_t>(tokens.size());
    table_.ids = address(tokens.ids.data());
    table_.offsets = address(tokens.offsets.data());
    table_.word_ids = address(tokens.word_ids.data());
    table_.type_ids = address(tokens.type_ids.data());
    table_.special_tokens_mask = address(tokens.special_tokens_mask.data());
  }

  AlignedBuffer<std::byte> file_;
  std::unique_ptr<kinvec::Tokenizer> tokenizer_;
  std::unique_ptr<kinvec::TokenizerScratch> scratch_;
  TruncationTable truncation_ = {};
  EncodeOptions options_;
  AlignedBuffer<char> text_;
  AlignedBuffer<int32_t> ids_;
  kinvec::Encoding encoding_;
  EncodingTable table_;
  Status error_;
  kinvec::TokenStrings token_strings_;
  std::string decoded_;
};

}  // namespace

EMSCRIPTEN_BINDINGS(kinvec_tokenizer) {
  emscripten::class_<TokenizerBinding>("Tokenizer")
      .constructor<>()
      .function("reserveFile", &TokenizerBinding::reserve_file)
      .function("open", &TokenizerBinding::open)
      .function("vocabSize", &TokenizerBinding::vocab_size)
      .function("id", &TokenizerBinding::id)
      .function("truncation", &TokenizerBinding::truncation)
      .function("setOptions", &TokenizerBinding::set_options)
      .function("reserveText", &TokenizerBinding::reserve_text)
      .function("encode", &TokenizerBinding::encode)
      .function("encodePair", &TokenizerBinding::encode_pair)
      .function("error", &TokenizerBinding::error)
      .function("encoding", &TokenizerBinding::encoding)
      .function("overflowSize", &TokenizerBinding::overflow_size)
      .function("showOverflow", &TokenizerBinding::show_overflow)
      .function("reserveIds", &TokenizerBinding::reserve_ids)
      .function("decode", &TokenizerBinding::decode)
      .function("findTokenStrings", &TokenizerBinding::find_token_strings)
      .function("tokenBytes", &TokenizerBinding::token_bytes)
      .function("tokenEnds", &TokenizerBinding::token_ends);
}

}  // namespace kinvec_binding
