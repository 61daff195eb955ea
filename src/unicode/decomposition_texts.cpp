#include "decomposition_texts.h"

#include <algorithm>
#include <iterator>
#include <memory>

#include "normalization_tables.h"
#include "packed_reader.h"

namespace kinvec {
namespace {

/// How a piece of a decomposition follows from its model: the piece in the same place of the last
/// decomposition that was long enough to have one.
enum Kind : uint8_t { kSame, kNext, kOtherCase, kAny, kNone };
constexpr uint32_t kKindCount = 5;

/// From here on lie most characters that others decompose to, and in no order.
constexpr char32_t kIdeographs = 0x3400;
constexpr int kPageBits = 7;
constexpr size_t kPageCount = std::size(kDecompositionPages);
static_assert(kPageCount <= 64);

/// Reads pieces as packed_texts in tools/unicode/packing.py writes them.
class TextReader {
 public:
  explicit TextReader(std::span<const uint8_t> packed) : reader_(packed) {
    std::fill(std::begin(kind_of_), std::end(kind_of_), kNone);
  }

  /// Appends the decomposition of the next character and answers its length.
  uint32_t read(bool is_neighbour, std::vector<char32_t>& texts) {
    const uint32_t length = reader_.read_tree(lengths_[last_length_]);
    uint32_t context = kNone + static_cast<uint32_t>(is_neighbour);
    for (uint32_t i = 0; i < length; ++i) {
      const auto kind = static_cast<Kind>(reader_.read_tree(kinds_[kind_of_[i]][context]));
      models_[i] = read_piece(kind, models_[i]);
      kind_of_[i] = kind;
      context = kind;
      texts.push_back(models_[i]);
    }
    std::fill(kind_of_ + length, std::end(kind_of_), kNone);
    last_length_ = length;
    return length;
  }

 private:
  char32_t read_piece(Kind kind, char32_t model) {
    if (kind == kSame) return model;
    if (kind == kNext) return model + 1;
    if (kind == kOtherCase) return model ^ 0x20;
    const bool from_far = model >= kIdeographs;
    if (reader_.read_bit(far_[from_far])) return read_ideograph(model);
    const uint32_t page = reader_.read_tree(page_[from_far ? 0 : page_of(model)]);
    return static_cast<char32_t>(kDecompositionPages[page]) << kPageBits |
           reader_.read_tree(place_[page]);
  }

  char32_t read_ideograph(char32_t model) {
    last_forward_ = reader_.read_bit(forward_[last_forward_]);
    if (last_forward_) return model + 1 + reader_.read_number(step_);
    const uint32_t block = reader_.read_tree(block_);
    return block << 10 | reader_.read_even_bits(10);
  }

  /// Number of the page of a code point; 0 for the first model, which is U+0000, and others not
  /// listed.
  static size_t page_of(char32_t c) {
    const auto* const end = std::end(kDecompositionPages);
    const auto* const at = std::find(std::begin(kDecompositionPages), end, c >> kPageBits);
    return at == end ? 0 : at - std::begin(kDecompositionPages);
  }

  PackedReader reader_;
  char32_t models_[kMaxCompatibilityDecomposition] = {};
  Kind kind_of_[kMaxCompatibilityDecomposition];  // of the models
  uint32_t last_length_ = 0;
  bool last_forward_ = false;

  AdaptiveTree<5> lengths_[kMaxCompatibilityDecomposition + 1];
  AdaptiveTree<2> kinds_[kKindCount][kKindCount + 1];
  AdaptiveBit far_[2];
  AdaptiveTree<6> page_[kPageCount];
  AdaptiveTree<kPageBits> place_[kPageCount];
  AdaptiveBit forward_[2];
  AdaptiveNumber step_;
  AdaptiveTree<8> block_;
};

}  // namespace

DecompositionTexts::DecompositionTexts(std::span<const char32_t> characters,
                                       std::span<const uint8_t> packed) {
  const auto reader = std::make_unique<TextReader>(packed);
  char32_t after = 0;  // the character before
  for (const char32_t c : characters) {
    const auto offset = static_cast<uint16_t>(texts_.size());
    const auto length = static_cast<uint16_t>(reader->read(c == after, texts_));
    if (c == after && !runs_.empty() && length == runs_.back().length) {
      ++runs_.back().count;
    } else {
      runs_.push_back({c, 1, offset, length});
    }
    after = c + 1;
  }
}

std::span<const char32_t> DecompositionTexts::find(char32_t c) const {
  const auto after = std::upper_bound(
      runs_.begin(), runs_.end(), c,
      [](char32_t value, const DecompositionRun& run) { return value < run.first; });
  if (after == runs_.begin()) return {};
  const DecompositionRun& run = after[-1];
  if (c - run.first >= run.count) return {};
  return std::span(texts_).subspan(run.offset + (c - run.first) * run.length, run.length);
}

}  // namespace kinvec
