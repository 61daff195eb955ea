#include "registry.h"

#include <string>

#include "../concat.h"

namespace kinvec {

namespace {

struct Architecture {
  std::string_view name;
  Result<TextModel> (*load)(const Gguf&, std::span<std::byte>, std::string_view,
                            const ModelLoadOptions&);
};

constexpr Architecture kArchitectures[] = {
    {"bert", load_bert},
    {"static", load_static},
};

}  // namespace

Result<TextModel> load_text_model(const Gguf& gguf, std::span<std::byte> block,
                                  const ModelLoadOptions& options) {
  const auto name = gguf.get_string("general.architecture");
  if (!name) {
    return format_error("the model file does not state general.architecture");
  }
  for (const Architecture& architecture : kArchitectures) {
    if (architecture.name == *name) return architecture.load(gguf, block, *name, options);
  }
  return Error{ErrorCode::kUnsupportedArchitecture,
               concat({"architecture \"", *name, "\" is not supported; supported: bert, static"})};
}

}  // namespace kinvec
