// Nmt: drops control characters and makes plain spaces of what counts as space in SentencePiece's
// rules for machine translation.
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_nmt(const StageFields& fields);

}  // namespace kinvec
