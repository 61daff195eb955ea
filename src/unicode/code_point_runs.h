// Properties of all code points as runs of neighbours, read from generated tables.
// Most properties nearly follow from the general category, so they are coded on top of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "general_category_tables.h"
#include "packed_reader.h"

namespace kinvec {

/// Neighbouring code points that have a number and their general category in common.
struct CodePointRun {
  char32_t first;
  uint32_t count;
  GeneralCategory category;
  uint8_t value;
};

/// The runs of general categories, in ascending order.
class CategoryRuns {
 public:
  CategoryRuns() : reader_(kCategoryRuns) {}

  bool next(GeneralCategory& category, uint32_t& count);

 private:
  PackedReader reader_;
  uint8_t previous_ = static_cast<uint8_t>(GeneralCategory::kCn);
  uint32_t left_ = 0x110000;
  AdaptiveTree<5> following_[kCategoryCount];
  AdaptiveNumber length_[kCategoryCount];
};

/// The runs of another property, in ascending order; none goes beyond a run of categories.
class CodePointRuns {
 public:
  explicit CodePointRuns(std::span<const uint8_t> packed) : reader_(packed) {}

  bool next(CodePointRun& run);

 private:
  uint8_t read_value(int category, bool opens);

  PackedReader reader_;
  CategoryRuns categories_;
  GeneralCategory category_{};
  uint32_t left_ = 0;  // code points of the run of categories
  bool opens_ = true;  // none of that run has been read
  char32_t first_ = 0;

  uint8_t previous_ = 0;                // value
  uint8_t before_ = 0;                  // value before it
  uint8_t usual_[kCategoryCount] = {};  // latest value in each category
  AdaptiveTree<8> value_;
  AdaptiveNumber length_;
  AdaptiveBit changes_[kCategoryCount][2];
  AdaptiveBit unusual_[kCategoryCount];
  AdaptiveBit other_[kCategoryCount];
  AdaptiveBit ends_[kCategoryCount][2];
};

/// The code points whose number in a generated table is not 0.
std::vector<char32_t> code_points_in(std::span<const uint8_t> packed);

}  // namespace kinvec
