// First family of stages: a normalizer rewrites the text. Each is named as in tokenizer.json.
#pragma once

#include <memory>

#include "../../error.h"
#include "../normalized_text.h"
#include "../stage_fields.h"

namespace kinvec {

class Normalizer {
 public:
  virtual ~Normalizer() = default;

  /// Rewrites `text`. `spare` is a buffer to write into and swap with; its content is of no
  /// interest before and after.
  virtual void normalize(NormalizedText& text, NormalizedText& spare) const = 0;
};

/// Makes the normalizer that `fields` describe. Errors as read_stage's.
std::unique_ptr<Normalizer> read_normalizer(const StageFields& fields);

}  // namespace kinvec
