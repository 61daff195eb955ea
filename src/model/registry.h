// The architectures that can be loaded, by the name in `general.architecture`.
// A new one is one loader file and one line in registry.cpp.
#pragma once

#include "bert.h"
#include "static_model.h"

namespace kinvec {

/// Loads the model of whichever architecture the file names; UNSUPPORTED_ARCHITECTURE when it names
/// none of ours.
Result<TextModel> load_text_model(const Gguf& gguf, std::span<std::byte> block,
                                  const ModelLoadOptions& options);

}  // namespace kinvec
