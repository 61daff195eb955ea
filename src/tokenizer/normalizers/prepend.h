// Prepend: puts a string before a text that is not empty.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_prepend(const StageFields& fields);

}  // namespace kinvec
