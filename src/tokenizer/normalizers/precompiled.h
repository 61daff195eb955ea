// Precompiled: the normalization rules of a SentencePiece model, as its character map has them.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_precompiled(const StageFields& fields);

}  // namespace kinvec
