// The last stage: truncation at the end of the text and the special tokens around it.
#pragma once

#include <cstdint>
#include <vector>

#include "encoding.h"

namespace kinvec {

/// Takes the tokens of a text as they are found and keeps as many as there is room for.
class TokenSink {
 public:
  TokenSink(Encoding& out, size_t room) : out_(out), room_(room) {}

  void add(int32_t id, int32_t begin, int32_t end) {
    ++out_.n_tokens_full;
    if (room_ == 0) return;
    --room_;
    out_.ids.push_back(id);
    out_.offsets.push_back(begin);
    out_.offsets.push_back(end);
  }

 private:
  Encoding& out_;
  size_t room_;
};

/// TemplateProcessing for single texts: fixed tokens before and after the text.
struct TemplateProcessor {
  std::vector<int32_t> prefix;  // ids, e.g. [CLS]
  std::vector<int32_t> suffix;  // ids, e.g. [SEP]

  /// Empties `out`, writes the prefix and answers the sink for the text's tokens.
  TokenSink begin(const EncodeOptions& options, Encoding& out) const;
  /// Writes the suffix.
  void end(const EncodeOptions& options, Encoding& out) const;
};

}  // namespace kinvec
