// A stage that a file describes under a prefix, or what is wrong with it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "src/tokenizer/stage_fields.h"

namespace kinvec::testing {

/// `read` takes the fields and answers a pointer, as read_decoder does.
template <class Read>
auto read_described(const Gguf& gguf, std::string prefix, Read&& read) {
  ErrorBox error;
  auto stage = read(StageFields(gguf, std::move(prefix), error));
  using Stage = decltype(stage);
  return error.empty() ? Result<Stage>(std::move(stage)) : Result<Stage>(std::move(error));
}

}  // namespace kinvec::testing
