// Rewrites a text character by character and aligns the result as the reference does: by counting.
// What a stage does to a text is a list of new characters, each with how many old ones it takes up.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "../normalized_text.h"

namespace kinvec {

/// Old characters are taken up in order, new ones written in order. Whether a new character has
/// anything to do with the old one that it is counted against is not asked: where marks change
/// places, or a stage leaves out characters without saying so, alignment shifts as the reference's.
class TextRewriter {
 public:
  /// `text` must not be empty and stays as it is until finish(); `spare` is written.
  TextRewriter(NormalizedText& text, NormalizedText& spare)
      : text_(text), spare_(spare), cursor_(text) {
    spare.clear();
  }

  /// Byte of the text at which the next old character begins.
  uint32_t position() const { return position_; }

  /// Old characters up to byte `end` stay.
  void keep_until(uint32_t end) {
    if (end <= position_) return;
    spare_.append(text_, position_, end, cursor_);
    position_ = end;
    span_ = cursor_.span_of(end - 1);
  }

  /// One new character in place of the next old one.
  void replace(char32_t c) {
    take_up();
    spare_.append(c, span_);
  }

  /// One new character beside the old ones: it stands for what the last one taken up stands for.
  void insert(char32_t c) { spare_.append(c, span_); }
  void insert(std::string_view characters) { spare_.append(characters, span_); }

  /// Takes up `count` old characters for which nothing is written.
  void remove(uint32_t count) {
    while (count-- > 0) take_up();
  }
  void remove_until(uint32_t end) {
    if (end <= position_) return;
    position_ = end;
    span_ = cursor_.span_of(end - 1);
  }

  /// A new character with the reference's way to count: 1: inserted; 0: replaces one; -n: replaces
  /// one, and n more are removed.
  void put(char32_t c, int32_t change) {
    if (change > 0) {
      insert(c);
    } else {
      replace(c);
      remove(static_cast<uint32_t>(-change));
    }
  }

  /// Ends the rewriting; old characters that are left are gone.
  void finish() { std::swap(text_, spare_); }

 private:
  void take_up() {
    const std::string_view bytes = text_.text();
    if (position_ >= bytes.size()) return;
    span_ = cursor_.span_of(position_);
    do {
      ++position_;
    } while (position_ < bytes.size() && is_utf8_continuation(bytes[position_]));
  }

  NormalizedText& text_;
  NormalizedText& spare_;
  AlignmentCursor cursor_;
  uint32_t position_ = 0;
  SourceSpan span_{0, 1};  // of the last old character taken up
};

}  // namespace kinvec
