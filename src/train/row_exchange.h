// One matrix that several trainers train, each a copy of its own. Now and then the rows that they
// changed are sent to their owners, each trainer the owner of some, who join the changes and send
// everybody the new rows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "joint_change.h"
#include "training_share.h"

namespace kinvec {

/// Rows on their way, or how they changed.
struct RowPacket {
  std::vector<uint32_t> rows;
  std::vector<float> values;  // [rows, stride]

  void clear() {
    rows.clear();
    values.clear();
  }
};

class RowExchange {
 public:
  /// Of a copy [n_rows, stride] that the trainers have equal by now. `updates`: [n_rows] how many a
  /// row gets of one trainer in a stretch, about.
  RowExchange(std::span<float> copy, size_t stride, std::vector<float> updates, TrainingShare share)
      : copy_(copy), stride_(stride), updates_(std::move(updates)), share_(share) {}

  /// False if there is no memory. `width` and `most_samples` are those of joint().
  bool allocate(uint32_t width, size_t most_samples);

  JointChange& joint() { return joint_; }

  /// Adds what changed of the rows of `owner`. Frequent rows, which would soon drift apart, are
  /// exchanged after every stretch, the others, which are most, where it is the turn of `all`.
  void pack_changes(uint32_t owner, bool all, RowPacket& packet) const;

  /// Adds another trainer's changes to those of this one, which owns the rows. False if they are
  /// none of such rows.
  bool add_changes(const RowPacket& packet);

  /// Joins the changes of the owned rows and packs the new ones. `steps`: the sum of the learning
  /// rates of the stretches since the last exchange, of all rows and of the frequent ones.
  void join(bool all, float steps_of_all, float steps, RowPacket& packet);

  /// Sets rows to what their owner made of them. False if there are no such rows.
  bool set_rows(const RowPacket& packet);

 private:
  bool is_sound(const RowPacket& packet) const;
  bool is_due(size_t row, bool all) const;
  float* row(size_t r) const { return copy_.data() + r * stride_; }
  float* base(size_t r) const { return base_.data() + r * stride_; }
  bool is_changed(size_t r) const;

  std::span<float> copy_;  // [n_rows, stride]
  size_t stride_;
  std::vector<float> updates_;
  TrainingShare share_;
  AlignedBuffer<float> base_;     // [n_rows, stride] what all had when the row was last exchanged
  std::vector<uint8_t> is_told_;  // [n_rows] others changed it
  JointChange joint_;
};

}  // namespace kinvec
