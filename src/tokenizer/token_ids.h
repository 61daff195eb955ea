// Lists of token ids in a file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "../error.h"
#include "../gguf.h"

namespace kinvec {

/// The list under `key`; empty if there is none. MODEL_FORMAT where it holds anything but whole
/// numbers from 0 to 2^31 - 1.
Result<std::vector<int32_t>> read_token_ids(const Gguf& gguf, std::string_view key);

}  // namespace kinvec
