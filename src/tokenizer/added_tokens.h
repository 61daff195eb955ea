// Added tokens ("[SEP]", "[MASK]", a person's own) that are cut out of a text before the model
// sees it, leftmost and longest first. One set looks at the raw text, another at normalized text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kinvec {

struct AddedToken {
  enum Flag : uint8_t {
    kSingleWord = 1,  // only where no word character touches it
    kLstrip = 2,      // takes white space before it along
    kRstrip = 4,      // takes white space after it along
    kNormalized = 8,  // found in normalized text, in its own normalized form
    kSpecial = 16,    // one of the model's own, such as [CLS]
  };

  AddedToken() = default;
  AddedToken(int32_t id, uint8_t flags) : id(id), flags(flags) {}

  int32_t id = 0;
  uint8_t flags = 0;
  std::string content;     // empty: what the vocabulary has under the id
  std::string normalized;  // what it is found by and decoded to, where that is not its content
};

/// Part of a text: an added token, or text for the following stages (id < 0).
struct Fragment {
  uint32_t begin;  // bytes
  uint32_t end;
  int32_t id;
};

class AddedTokenSet {
 public:
  /// Enters a token under the string it is found by, which must not be empty. Of equal strings the
  /// one with the highest id counts. Call `finish` after the last.
  void add(std::string content, AddedToken token);
  void finish();

  bool empty() const { return entries_.empty(); }

  /// Replaces `fragments` by the parts of a text; none is empty. As in the reference, a token found
  /// inside white space that the token before it has taken along overlaps that one.
  void split(std::string_view text, std::vector<Fragment>& fragments) const;

 private:
  struct Entry {
    std::string content;
    AddedToken token;
  };
  /// The longest entry that `text` starts with, or null.
  const Entry* longest_match(std::string_view text) const;

  std::vector<Entry> entries_;             // ascending by content
  std::array<bool, 256> is_first_byte_{};  // of any entry
};

}  // namespace kinvec
