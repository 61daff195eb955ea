#include "byte_level.h"

#include <algorithm>
#include <utility>

#include "../byte_alphabet.h"
#include "split.h"

namespace kinvec {
namespace {

constexpr std::string_view kWords =
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

void add_prefix_spaces(PreTokenizedText& text, PreTokenizedText& spare) {
  const std::string_view bytes = text.text.text();
  const auto has_space = [bytes](Word word) { return bytes[word.begin] == ' '; };
  if (std::ranges::all_of(text.words, has_space)) return;
  NormalizedText& to = spare.text;
  to.clear();
  spare.words.clear();
  AlignmentCursor cursor(text.text);
  for (const Word word : text.words) {
    const auto begin = static_cast<uint32_t>(to.text().size());
    if (!has_space(word)) to.append(" ", cursor.span_of(word.begin));
    to.append(text.text, word.begin, word.end, cursor);
    spare.words.push_back({begin, static_cast<uint32_t>(to.text().size())});
  }
  std::swap(text, spare);
}

constexpr bool is_visible_ascii(uint8_t byte) { return byte > 0x20 && byte < 0x7F; }

/// Writes the character of a byte and answers the place after it.
char* write_character(uint8_t byte, char* out) {
  const char16_t c = kByteCharacters[byte];
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else {
    *out++ = static_cast<char>(0xC0 | c >> 6);
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

/// Bytes of words in the byte-level alphabet, with runs that say where they come from.
class ByteWriter {
 public:
  ByteWriter(const NormalizedText& from, NormalizedText& to)
      : bytes_(from.text()),
        run_(from.runs().data()),
        last_run_(run_ + from.runs().size() - 1),
        begin_(to.clear(bytes_.size(), 2)),  // no character has more than two bytes
        out_(begin_),
        runs_(to.runs()) {}

  /// Appends a word; words come in order.
  void write(Word word) {
    for (uint32_t at = word.begin; at < word.end;) {
      while (run_ < last_run_ && run_[1].begin <= at) ++run_;
      const uint32_t stop = run_ < last_run_ ? std::min(word.end, run_[1].begin) : word.end;
      if (run_->length == 0) {
        write_ascii(at, stop);
      } else {
        begin_run(run_->source, run_->length);
        for (; at < stop; ++at) out_ = write_character(static_cast<uint8_t>(bytes_[at]), out_);
      }
      at = stop;
    }
  }

  uint32_t size() const { return static_cast<uint32_t>(out_ - begin_); }

 private:
  /// Bytes of a run in which each is a source unit.
  void write_ascii(uint32_t at, uint32_t stop) {
    const uint32_t shift = run_->source - run_->begin;
    while (at < stop) {
      auto byte = static_cast<uint8_t>(bytes_[at]);
      if (!is_visible_ascii(byte)) {
        begin_run(at++ + shift, 1);
        out_ = write_character(byte, out_);
        continue;
      }
      begin_run(at + shift, 0);
      do {
        *out_++ = static_cast<char>(byte);
        if (++at == stop) break;
        byte = static_cast<uint8_t>(bytes_[at]);
      } while (is_visible_ascii(byte));
    }
  }

  void begin_run(uint32_t source, uint32_t length) { runs_.push_back({size(), source, length}); }

  std::string_view bytes_;
  const AlignmentRun* run_;
  const AlignmentRun* last_run_;
  char* begin_;
  char* out_;
  std::vector<AlignmentRun>& runs_;
};

}  // namespace

ByteLevel::ByteLevel(bool adds_prefix_space, bool splits) : adds_prefix_space_(adds_prefix_space) {
  if (splits) pattern_ = Pattern::regex(kWords);
}

void ByteLevel::pre_tokenize(PreTokenizedText& text, PreTokenizedText& spare) const {
  if (text.words.empty()) return;
  if (adds_prefix_space_) add_prefix_spaces(text, spare);
  if (pattern_) split_words(*pattern_, SplitBehavior::kIsolated, false, text, spare);
  ByteWriter writer(text.text, spare.text);
  for (Word& word : text.words) {
    const uint32_t begin = writer.size();
    writer.write(word);
    word = {begin, writer.size()};
  }
  spare.text.set_size(writer.size());
  std::swap(text.text, spare.text);
}

}  // namespace kinvec
