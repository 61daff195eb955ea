// Replace: every match of a string or a regular expression becomes another string.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_replace(const StageFields& fields);

}  // namespace kinvec
