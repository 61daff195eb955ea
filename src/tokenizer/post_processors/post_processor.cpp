#include "post_processor.h"

#include <algorithm>

namespace kinvec {
namespace {

void add_special(const std::vector<int32_t>& ids, Encoding& out) {
  out.ids.insert(out.ids.end(), ids.begin(), ids.end());
  out.offsets.insert(out.offsets.end(), 2 * ids.size(), 0);
  out.n_tokens_full += ids.size();
}

}  // namespace

TokenSink TemplateProcessor::begin(const EncodeOptions& options, Encoding& out) const {
  out.ids.clear();
  out.offsets.clear();
  out.n_tokens_full = 0;
  if (!options.add_special_tokens) return {out, options.max_tokens};
  add_special(prefix, out);
  return {out, options.max_tokens - std::min(options.max_tokens, prefix.size() + suffix.size())};
}

void TemplateProcessor::end(const EncodeOptions& options, Encoding& out) const {
  if (options.add_special_tokens) add_special(suffix, out);
}

}  // namespace kinvec
