#include "llama_splitting.h"

namespace kinvec {
namespace {

constexpr const char* kGpt2[] = {nullptr};

constexpr const char* kLlama3[] = {
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
    "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    nullptr};

constexpr const char* kQwen2[] = {
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
    "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    nullptr};

constexpr const char* kDeepseekV3[] = {
    "\\p{N}{1,3}",
    // Han ideographs, Hiragana and Katakana.
    "[\xE4\xB8\x80-\xE9\xBE\xA5\xE3\x81\x80-\xE3\x82\x9F\xE3\x82\xA0-\xE3\x83\xBF]+",
    "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
    "|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+"
    "|\\s+(?!\\S)|\\s+",
    nullptr};

constexpr const char* kGpt4o[] = {
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+"
    "|\\s+(?!\\S)|\\s+",
    nullptr};

constexpr const char* kTekken[] = {
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
    "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
    "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    nullptr};

using enum LlamaSplitting::Flag;

// Names from llama.cpp's src/llama-vocab.cpp; normal forms from the models' own tokenizers, which
// llama.cpp does not follow there.
constexpr LlamaSplitting kSplittings[] = {
    {"gpt-2", kGpt2, 0},
    {"roberta-bpe", kGpt2, 0},
    {"jina-v1-en", kGpt2, 0},
    {"jina-v2-code", kGpt2, 0},
    {"jina-v2-de", kGpt2, 0},
    {"jina-v2-es", kGpt2, 0},
    {"phi-2", kGpt2, 0},
    {"modern-bert", kGpt2, kNfc},
    {"mpt", kGpt2, kNfc},
    {"olmo", kGpt2, kNfc},
    {"starcoder", kGpt2, kDigits},
    {"refact", kGpt2, kDigits},
    {"smollm", kGpt2, kDigits},
    {"command-r", kGpt2, kDigits | kNfc},
    {"llama-bpe", kLlama3, kIgnoreMerges | kBos},
    {"llama3", kLlama3, kIgnoreMerges | kBos},
    {"llama-v3", kLlama3, kIgnoreMerges | kBos},
    {"qwen2", kQwen2, kNfc},
    {"deepseek-v3", kDeepseekV3, 0},
    {"gpt-4o", kGpt4o, 0},
    {"tekken", kTekken, kIgnoreMerges | kBos},
};

}  // namespace

const LlamaSplitting* find_llama_splitting(std::string_view name) {
  for (const LlamaSplitting& splitting : kSplittings) {
    if (splitting.name == name) return &splitting;
  }
  return nullptr;
}

}  // namespace kinvec
