// Reading the stages of one family, which a file lists in order.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "../concat.h"
#include "stage_fields.h"

namespace kinvec {

/// One kind of stage.
template <class Stage>
struct StageKind {
  std::string_view type;
  std::string_view parameters;  // all that it may have, separated by spaces
  std::unique_ptr<Stage> (*read)(const StageFields& fields);
};

/// Makes the stage that `fields` describe, of one of the `kinds` of a `family` ("decoder"). Null if
/// `fields` have failed: UNSUPPORTED_TOKENIZER, with its name, for a stage that is not known or has
/// a parameter that is not; MODEL_FORMAT for damaged parameters.
template <class Stage>
std::unique_ptr<Stage> read_stage(const StageFields& fields,
                                  std::span<const StageKind<Stage>> kinds,
                                  std::string_view family) {
  for (const StageKind<Stage>& kind : kinds) {
    if (kind.type != fields.type()) continue;
    fields.allow_only(kind.parameters);
    return kind.read(fields);
  }
  return fields.unsupported(concat({"is no ", family, " that is supported"}));
}

/// The stages under kinvec.tokenizer.<list>, each made by `read`.
template <class Stage>
Result<std::vector<std::unique_ptr<Stage>>> read_stages(
    const Gguf& gguf, std::string_view list,
    std::unique_ptr<Stage> (*read)(const StageFields& fields)) {
  constexpr size_t kMostStages = 64;
  ErrorBox error;
  const StageFields tokenizer(gguf, "kinvec.tokenizer", error);
  const size_t count = tokenizer.count(list, kMostStages);
  std::vector<std::unique_ptr<Stage>> stages;
  for (size_t i = 0; i < count && error.empty(); ++i) {
    stages.push_back(read(tokenizer.child(list, i)));
  }
  if (!error.empty()) return std::move(error);
  return stages;
}

}  // namespace kinvec
