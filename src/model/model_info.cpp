#include "model_info.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "../concat.h"
#include "../xxh64.h"

namespace kinvec {

namespace {

constexpr uint64_t kFormatVersion = 1;

}  // namespace

Result<ModelInfo> read_model_info(const Gguf& gguf, std::optional<Pooling> pooling) {
  const auto text = [&](std::string_view key) {
    return std::string(gguf.get_string(key).value_or(""));
  };
  ModelInfo info;
  if (const uint64_t version = gguf.get_uint("kinvec.version").value_or(kFormatVersion);
      version != kFormatVersion) {
    return Error{ErrorCode::kModelVersion, concat({"the model file has kinvec.version ", version,
                                                   "; this build reads version 1"})};
  }
  info.architecture = text("general.architecture");
  info.name = text("general.name");
  info.license = text("general.license");
  info.source = text("general.source.url");
  info.checksum = text("kinvec.checksum");
  info.query_prompt = text("kinvec.prompts.query");
  info.document_prompt = text("kinvec.prompts.document");
  info.probe_text = text("kinvec.probe.text");
  info.normalize = gguf.get_bool("kinvec.normalize").value_or(true);
  info.max_tokens = static_cast<size_t>(
      std::min<uint64_t>(gguf.get_uint("kinvec.max_tokens").value_or(0), UINT32_MAX));
  if (const GgufValue* sizes = gguf.find_array("kinvec.matryoshka")) {
    for (size_t i = 0; i < sizes->size(); ++i) {
      info.matryoshka.push_back(static_cast<uint32_t>(sizes->int_at(i)));
    }
  }
  if (const GgufValue* vector = gguf.find_array("kinvec.probe.vector")) {
    for (size_t i = 0; i < vector->size(); ++i) {
      info.probe_vector.push_back(static_cast<float>(vector->float_at(i)));
    }
  }

  const auto stated = read_pooling(gguf, info.architecture);
  if (!stated) return stated.error();
  const std::optional<Pooling> chosen = pooling.has_value() ? pooling : *stated;
  if (!chosen) {
    return Error{ErrorCode::kPoolingUnknown,
                 "the model file does not say how token vectors are pooled; "
                 "pass pooling: \"mean\", \"cls\" or \"last\""};
  }
  info.pooling = *chosen;
  return info;
}

Result<void> check_checksum(const ModelInfo& info, uint64_t weights_hash) {
  if (info.checksum.empty()) return {};
  if (info.checksum == "xxh64:" + hex16(weights_hash)) return {};
  return Error{ErrorCode::kModelHash,
               "the weights do not match the file's checksum; the file is damaged or incomplete"};
}

uint64_t content_hash(const Gguf& gguf, uint64_t weights_hash) {
  constexpr std::string_view kApart[] = {"general.", "kinvec.probe.", "kinvec.checksum",
                                         "kinvec.matryoshka"};
  uint64_t hash = weights_hash;
  for (const auto& [key, value, encoded] : gguf.metadata()) {
    if (std::ranges::any_of(kApart, [&](auto prefix) { return key.starts_with(prefix); })) continue;
    hash = xxh64(encoded, xxh64(std::as_bytes(std::span(key)), hash));
  }
  return hash;
}

}  // namespace kinvec
