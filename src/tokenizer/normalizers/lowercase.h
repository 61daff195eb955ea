// Lowercase: the full, locale-independent lower case of each character by itself.
// There is no rule for the sigma at the end of a word, as the reference has none.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_lowercase(const StageFields& fields);

}  // namespace kinvec
