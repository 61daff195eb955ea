// ByteLevel as a normalizer: each byte becomes its visible character (byte_alphabet.h).
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_byte_level_normalizer(const StageFields& fields);

}  // namespace kinvec
