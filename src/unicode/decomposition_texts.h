// What each character of a set becomes, read from a generated table.
// It must not know which kind of decomposition that is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kinvec {

/// Characters next to each other whose decompositions are equally long, and so lie at equal steps.
struct DecompositionRun {
  char32_t first;
  uint32_t count;
  uint16_t offset;  // of the decomposition of the first character, in code points
  uint16_t length;  // code points of each
};

class DecompositionTexts {
 public:
  /// `packed` holds the decompositions of these characters, which are in ascending order.
  DecompositionTexts(std::span<const char32_t> characters, std::span<const uint8_t> packed);

  /// The decomposition of a character, empty where it has none.
  std::span<const char32_t> find(char32_t c) const;

  /// In ascending order.
  std::span<const DecompositionRun> runs() const { return runs_; }

 private:
  std::vector<DecompositionRun> runs_;
  std::vector<char32_t> texts_;
};

}  // namespace kinvec
