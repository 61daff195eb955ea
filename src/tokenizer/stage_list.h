// Reading the stages of one family, which a file lists in order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stage_fields.h"

namespace kinvec {

/// The stages under kinvec.tokenizer.<family>, each made by `read_stage`.
template <class Stage>
Result<std::vector<std::unique_ptr<Stage>>> read_stages(
    const Gguf& gguf, std::string_view family,
    Result<std::unique_ptr<Stage>> (*read_stage)(const StageFields&)) {
  constexpr size_t kMostStages = 64;
  const StageFields tokenizer(gguf, "kinvec.tokenizer");
  const auto count = tokenizer.count(family, kMostStages);
  if (!count) return count.error();
  std::vector<std::unique_ptr<Stage>> stages;
  for (size_t i = 0; i < *count; ++i) {
    auto stage = read_stage(tokenizer.child(family, i));
    if (!stage) return stage.error();
    stages.push_back(std::move(*stage));
  }
  return stages;
}

}  // namespace kinvec
