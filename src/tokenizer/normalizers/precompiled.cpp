// The map is applied to each grapheme cluster of fewer than 6 bytes as a whole; where it has
// nothing for a cluster, or the cluster is longer, to each character of it.
#include "precompiled.h"

#include <array>
#include <utility>

#include "../../unicode/graphemes.h"
#include "chars_map.h"
#include "text_rewriter.h"

namespace kinvec {
namespace {

uint32_t count_characters(std::string_view text) {
  uint32_t count = 0;
  for (const char byte : text) count += is_utf8_continuation(byte) ? 0 : 1;
  return count;
}

/// Writes parts of a text, replaced or not, and counts as the reference does. Its count forgets
/// what is removed before anything is written; all later characters stand for earlier ones then.
/// And where something is removed after an inserted character, that one takes up what is removed.
class PartWriter {
 public:
  PartWriter(NormalizedText& text, NormalizedText& spare)
      : begin_(text.text().data()), rewriter_(text, spare) {}

  /// `part` is the text that comes next.
  void keep(std::string_view part) {
    if (part.empty()) return;
    flush();
    written_ = true;
    if (!shifted_) return;  // kept along with what follows
    for_each_character(part, [this](char32_t c) { rewriter_.replace(c); });
  }

  void replace(std::string_view part, std::string_view replacement) {
    const uint32_t old_count = count_characters(part);
    if (replacement.empty()) {
      remove(part, old_count);
      return;
    }
    flush();
    catch_up(part);
    written_ = true;
    uint32_t count = 0;
    for_each_character(replacement, [&](char32_t c) {
      flush();
      if (count++ < old_count) {
        rewriter_.replace(c);
      } else {
        inserted_ = c;
      }
    });
    if (count < old_count) rewriter_.remove(old_count - count);
  }

  /// `end` is the empty rest of the text.
  void finish(std::string_view end) {
    flush();
    catch_up(end);
    rewriter_.finish();
  }

 private:
  static constexpr char32_t kNone = 0xFFFFFFFF;

  template <class Each>
  static void for_each_character(std::string_view text, Each each) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
      const Utf8Character character = decode_utf8(at, end);
      each(character.code_point);
      at += character.length;
    }
  }

  void remove(std::string_view part, uint32_t count) {
    if (!written_) {
      shifted_ = true;
    } else if (inserted_ != kNone) {
      rewriter_.replace(std::exchange(inserted_, kNone));
      rewriter_.remove(count - 1);
    } else {
      catch_up(part);
      rewriter_.remove(count);
    }
  }

  void flush() {
    if (inserted_ != kNone) rewriter_.insert(std::exchange(inserted_, kNone));
  }

  /// Writes what is kept before the rest of the text that begins with `part`.
  void catch_up(std::string_view part) {
    if (!shifted_) rewriter_.keep_until(static_cast<uint32_t>(part.data() - begin_));
  }

  const char* begin_;
  TextRewriter rewriter_;
  char32_t inserted_ = kNone;  // the last character, while it is not known what comes next
  bool written_ = false;
  bool shifted_ = false;
};

class Precompiled final : public Normalizer {
 public:
  explicit Precompiled(CharsMap map) : map_(std::move(map)) {
    for (int c = 0; c < 0x80; ++c) {
      const char byte = static_cast<char>(c);
      plain_[c] = byte != '\r' && !map_.find({&byte, 1});
    }
  }

  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    const std::string_view bytes = text.text();
    const char* const begin = bytes.data();
    const char* const end = begin + bytes.size();
    const char* at = find_mapped(begin, end);
    if (at == end) return;
    PartWriter writer(text, spare);
    writer.keep({begin, at});
    while (at < end) {
      const char* const stop = end_of_plain(at, end);
      writer.keep({at, stop});
      if (stop == end) break;
      at = end_of_cluster(stop, end);
      for_each_part({stop, at}, [&](std::string_view part, auto replacement) {
        if (replacement) {
          writer.replace(part, *replacement);
        } else {
          writer.keep(part);
        }
        return true;
      });
    }
    writer.finish({end, end});
  }

 private:
  /// The beginning of the first cluster in which something is replaced, or `end`.
  const char* find_mapped(const char* at, const char* end) const {
    while (at < end) {
      const char* const begin = end_of_plain(at, end);
      if (begin == end) break;
      at = end_of_cluster(begin, end);
      bool mapped = false;
      for_each_part({begin, at}, [&mapped](std::string_view, auto replacement) {
        mapped = replacement.has_value();
        return !mapped;
      });
      if (mapped) return begin;
    }
    return end;
  }

  /// Passes ASCII characters that the map has nothing for. The last one before other characters
  /// may belong to a cluster with them.
  const char* end_of_plain(const char* at, const char* end) const {
    const char* stop = at;
    while (stop < end && plain_[static_cast<uint8_t>(*stop)]) ++stop;
    const bool joins = stop > at && stop < end && static_cast<uint8_t>(*stop) >= 0x80;
    return joins ? stop - 1 : stop;
  }

  const char* end_of_cluster(const char* at, const char* end) const {
    Utf8Character character = decode_utf8(at, end);
    GraphemeBreaks breaks(classes_[character.code_point]);
    for (;;) {
      at += character.length;
      if (at == end) return at;
      character = decode_utf8(at, end);
      if (breaks.advance(classes_[character.code_point])) return at;
    }
  }

  /// Calls `each` with each part of a cluster that is looked up and what replaces it, as long as it
  /// answers true.
  template <class Each>
  void for_each_part(std::string_view cluster, Each each) const {
    constexpr size_t kLongCluster = 6;
    if (cluster.size() < kLongCluster) {
      if (const auto replacement = map_.find(cluster)) {
        each(cluster, replacement);
        return;
      }
    }
    const char* const end = cluster.data() + cluster.size();
    for (const char* at = cluster.data(); at < end;) {
      const std::string_view part(at, decode_utf8(at, end).length);
      if (!each(part, map_.find(part))) return;
      at += part.size();
    }
  }

  CharsMap map_;
  GraphemeClasses classes_;
  std::array<bool, 256> plain_{};  // [byte] an ASCII character that is never replaced by itself
};

}  // namespace

std::unique_ptr<Normalizer> read_precompiled(const StageFields& fields) {
  const GgufValue* const bytes = fields.find_array("precompiled_charsmap");
  auto map = bytes != nullptr ? CharsMap::read(*bytes) : std::nullopt;
  if (!map) return fields.damaged("needs a character map of SentencePiece");
  return std::make_unique<Precompiled>(std::move(*map));
}

}  // namespace kinvec
