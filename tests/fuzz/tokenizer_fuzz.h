// What the fuzz targets do with an input. The tests do the same with the inputs that are kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <source_location>
#include <span>
#include <string>
#include <vector>

#include "src/gguf.h"
#include "src/tokenizer/tokenizer.h"

namespace kinvec::fuzz {

/// Aborts, and tells where, if the condition does not hold.
void require(bool condition, std::source_location where = std::source_location::current());

/// Reads the bytes as a GGUF file with a tokenizer; if it is one, encodes and decodes with it.
/// Aborts where the answers contradict each other.
void load_tokenizer(std::span<const uint8_t> input);

/// Encodes and decodes a text with one of the tokenizers, which must not be none. The first four
/// bytes of the input tell how, the others are the text.
void encode_text(const std::vector<Tokenizer>& tokenizers, std::span<const uint8_t> input);

/// The tokenizers of the GGUF files of a folder, in the order of their names.
std::vector<Tokenizer> load_folder(const std::string& folder);

/// The bytes of a file.
std::vector<uint8_t> read_file(const std::string& path);

/// The files of a folder, in the order of their names.
std::vector<std::string> list_files(const std::string& folder);

}  // namespace kinvec::fuzz
