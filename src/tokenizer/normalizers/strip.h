// Strip removes white space from the ends of a text, StripAccents all combining marks.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_strip(const StageFields& fields);
std::unique_ptr<Normalizer> read_strip_accents(const StageFields& fields);

}  // namespace kinvec
