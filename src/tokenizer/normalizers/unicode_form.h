// NFC, NFD, NFKC and NFKD: the normalization forms of Unicode (UAX 15).
#pragma once

#include "normalizer.h"

namespace kinvec {

std::unique_ptr<Normalizer> read_nfc(const StageFields& fields);
std::unique_ptr<Normalizer> read_nfd(const StageFields& fields);
std::unique_ptr<Normalizer> read_nfkc(const StageFields& fields);
std::unique_ptr<Normalizer> read_nfkd(const StageFields& fields);

}  // namespace kinvec
