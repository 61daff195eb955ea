#include "prepend.h"

#include <string>
#include <utility>

#include "../../unicode/utf8.h"

namespace kinvec {
namespace {

class Prepend final : public Normalizer {
 public:
  explicit Prepend(std::string_view prefix) : prefix_(prefix) {}

  /// The prefix stands for what the first character stands for.
  void normalize(NormalizedText& text, NormalizedText& spare) const override {
    if (text.empty()) return;
    AlignmentCursor cursor(text);
    spare.clear();
    spare.append(prefix_, cursor.span_of(0));
    spare.append(text, 0, static_cast<uint32_t>(text.text().size()), cursor);
    std::swap(text, spare);
  }

 private:
  std::string prefix_;
};

}  // namespace

std::unique_ptr<Normalizer> read_prepend(const StageFields& fields) {
  const std::string_view prefix = fields.get_string("prepend");
  if (!is_well_formed_utf8(prefix)) return fields.damaged("prepends what is no UTF-8");
  // The reference takes the first character out of alignment then.
  if (prefix.empty()) return fields.unsupported("prepends nothing, which is not supported");
  return std::make_unique<Prepend>(prefix);
}

}  // namespace kinvec
