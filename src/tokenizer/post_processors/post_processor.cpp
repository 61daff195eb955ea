#include "post_processor.h"

#include <algorithm>
#include <utility>

#include "../../concat.h"
#include "truncation.h"

namespace kinvec {

Template Template::around(std::vector<int32_t> prefix, std::vector<int32_t> suffix) {
  Template made;
  if (!prefix.empty()) made.single.push_back({std::move(prefix), 0, 0});
  made.single.push_back({{}, 0, 0});
  if (!suffix.empty()) made.single.push_back({suffix, 0, 0});
  made.pair = made.single;
  made.pair.push_back({{}, 1, 1});
  if (!suffix.empty()) made.pair.push_back({std::move(suffix), 0, 1});
  return made;
}

size_t PostProcessor::n_special_tokens(bool is_pair) const {
  if (!special_tokens) return 0;
  size_t count = 0;
  const auto& pieces = is_pair ? special_tokens->pair : special_tokens->single;
  for (const TemplatePiece& piece : pieces) count += piece.ids.size();
  return count;
}

Result<void> PostProcessor::process(const TokenSequence& first, const TokenSequence* second,
                                    const EncodeOptions& options, PostScratch& scratch,
                                    Encoding& out) const {
  const bool is_pair = second != nullptr;
  const size_t n_special = options.add_special_tokens ? n_special_tokens(is_pair) : 0;
  const size_t limit = options.max_tokens - std::min(options.max_tokens, n_special);
  const size_t sizes[2] = {first.size(), is_pair ? second->size() : 0};
  const auto lengths = truncated_lengths(sizes[0], sizes[1], is_pair, limit, options.strategy);
  if (!lengths) return lengths.error();
  const size_t kept[2] = {lengths->first, lengths->second};
  for (int i = 0; i < 2; ++i) {
    if (kept[i] < sizes[i] && kept[i] > 0 && options.stride >= kept[i]) {
      return Error{ErrorCode::kInvalidArgument,
                   concat({"stride ", options.stride,
                           " must be below the number of tokens that a text keeps, ", kept[i]}),
                   -1};
    }
    cut_sequence(sizes[i], kept[i], options, scratch.parts[i]);
  }

  out.n_tokens_full = sizes[0] + sizes[1] + n_special;
  out.overflow.clear();
  const TokenSequence* const sequences[2] = {&first, second};
  const auto add = [&](size_t a, size_t b, Tokens& tokens) {
    const TokenRange ranges[2] = {scratch.parts[0][a], scratch.parts[1][b]};
    const size_t parts[2] = {a, b};
    assemble(sequences, ranges, parts, is_pair, options.add_special_tokens, tokens);
  };
  add(0, 0, out);
  // Each part of the first text with every part of the second; the order is the reference's.
  for (size_t a = 1; a <= scratch.parts[0].size(); ++a) {
    const bool last = a == scratch.parts[0].size();
    for (size_t b = last ? 1 : 0; b < scratch.parts[1].size(); ++b) {
      add(last ? 0 : a, b, out.overflow.emplace_back());
    }
  }
  return {};
}

void PostProcessor::assemble(const TokenSequence* const sequences[2], const TokenRange ranges[2],
                             const size_t parts[2], bool is_pair, bool add_special_tokens,
                             Tokens& out) const {
  out.resize(0);
  const bool use_template =
      special_tokens && (add_special_tokens || special_tokens->types_without_specials);
  if (!use_template) {
    add_text(*sequences[0], ranges[0], 0, out);
    if (is_pair) add_text(*sequences[1], ranges[1], 1, out);
    return;
  }
  for (const TemplatePiece& piece : is_pair ? special_tokens->pair : special_tokens->single) {
    if (piece.ids.empty()) {
      const int32_t i = piece.sequence;
      const bool own =
          parts[i] > 0 && (special_tokens->overflow_keeps_type_ids || !add_special_tokens);
      add_text(*sequences[i], ranges[i], own ? i : piece.type_id, out);
    } else if (add_special_tokens) {
      for (const int32_t id : piece.ids) {
        const size_t i = out.size();
        out.resize(i + 1);
        out.ids[i] = id;
        out.word_ids[i] = -1;
        out.type_ids[i] = piece.type_id;
        out.special_tokens_mask[i] = 1;
      }
    }
  }
}

void PostProcessor::add_text(const TokenSequence& sequence, TokenRange range, int32_t type_id,
                             Tokens& out) const {
  const size_t n = range.end - range.begin;
  const size_t first = out.size();
  out.resize(first + n);
  const SequenceToken* const tokens = sequence.tokens.data() + range.begin;
  for (size_t i = 0; i < n; ++i) {
    out.ids[first + i] = tokens[i].id;
    out.offsets[2 * (first + i)] = tokens[i].begin;
    out.offsets[2 * (first + i) + 1] = tokens[i].end;
    out.word_ids[first + i] = tokens[i].word_id;
    out.type_ids[first + i] = type_id;
  }
  if (!trimming) return;
  for (size_t i = 0; i < n; ++i) {
    SpaceCounts spaces = sequence.spaces[range.begin + i];
    int32_t& begin = out.offsets[2 * (first + i)];
    int32_t& end = out.offsets[2 * (first + i) + 1];
    const bool is_first = i == 0 || begin == 0;
    if (is_first && trimming->add_prefix_space && spaces.leading == 1) spaces.leading = 0;
    begin = std::min(begin + static_cast<int32_t>(spaces.leading), end);
    const auto trailing = static_cast<int32_t>(spaces.trailing);
    if (trailing > 0 && end >= trailing) end = std::max(end - trailing, begin);
  }
}

}  // namespace kinvec
