// The way back from tokens to text. Each decoder is named as in tokenizer.json.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "../../error.h"
#include "../stage_fields.h"

namespace kinvec {

class Decoder {
 public:
  virtual ~Decoder() = default;

  /// Rewrites the token strings, one text in pieces; it may change their number. The text is what
  /// they make end to end. Well-formed UTF-8 goes in and comes out.
  virtual void decode(std::vector<std::string>& tokens) const = 0;
};

/// Makes the decoder that `fields` describe. Errors as read_stage's.
std::unique_ptr<Decoder> read_decoder(const StageFields& fields);

}  // namespace kinvec
