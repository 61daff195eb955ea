// The last stage: offsets are trimmed, the texts are cut to length, and the special tokens are put
// around them. Covers TemplateProcessing, BertProcessing, RobertaProcessing and ByteLevel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "../../error.h"
#include "../../gguf.h"
#include "../encoding.h"
#include "../token_sequence.h"

namespace kinvec {

/// One piece of a template: a text, or special tokens.
struct TemplatePiece {
  std::vector<int32_t> ids;  // of special tokens; empty: the text
  int32_t sequence = 0;      // which text
  int32_t type_id = 0;
};

/// Where special tokens go around one text and around two.
struct Template {
  std::vector<TemplatePiece> single;
  std::vector<TemplatePiece> pair;
  /// Whether parts left over by truncation have 0 and 1 as type ids of the two texts, whatever the
  /// template says, as the reference has it.
  bool overflow_keeps_type_ids = true;
  /// Whether its type ids hold also when no special tokens are asked for.
  bool types_without_specials = true;

  /// The template of `prefix` text `suffix`, with a second text followed by the suffix.
  static Template around(std::vector<int32_t> prefix, std::vector<int32_t> suffix);
};

/// Leaves white space at the ends of a token out of its offsets.
struct OffsetTrimming {
  bool add_prefix_space = true;  // one leading space of the first token is the pre-tokenizer's
};

/// Working memory of the post-processor.
struct PostScratch {
  std::vector<TokenRange> parts[2];
};

struct PostProcessor {
  std::optional<OffsetTrimming> trimming;
  std::optional<Template> special_tokens;

  /// Reads kinvec.tokenizer.post_processors into this one, which must be fresh.
  Result<void> read(const Gguf& gguf);

  /// Special tokens put around one text or two.
  size_t n_special_tokens(bool is_pair) const;

  /// Replaces `out` by the tokens of a text, or of two. Errors as truncated_lengths';
  /// INVALID_ARGUMENT for a stride not below the tokens that a text may keep.
  Result<void> process(const TokenSequence& first, const TokenSequence* second,
                       const EncodeOptions& options, PostScratch& scratch, Encoding& out) const;

 private:
  void assemble(const TokenSequence* const sequences[2], const TokenRange ranges[2],
                const size_t parts[2], bool is_pair, bool add_special_tokens, Tokens& out) const;
  void add_text(const TokenSequence& sequence, TokenRange range, int32_t type_id,
                Tokens& out) const;
};

}  // namespace kinvec
