#include "row_exchange.h"

#include <algorithm>

#include "../kernels/simd.h"

namespace kinvec {

namespace {

/// Updates in a stretch from which on a row is frequent.
constexpr float kFrequent = 10;

}  // namespace

bool RowExchange::allocate(uint32_t width, size_t most_samples) {
  if (share_.index == share_.count) return true;  // rows come in, and nothing of them changes here
  base_ = AlignedBuffer<float>(copy_.size());
  if (base_.data() == nullptr || !joint_.allocate(width, most_samples)) return false;
  std::copy(copy_.begin(), copy_.end(), base_.data());
  is_told_.resize(updates_.size());
  return true;
}

bool RowExchange::is_due(size_t row, bool all) const { return all || updates_[row] >= kFrequent; }

bool RowExchange::is_changed(size_t r) const {
  const auto load = [](const float* numbers) { return bits_of(load_f32x4(numbers)); };
  i32x4 differences = {};
  for (size_t i = 0; i < stride_; i += 4) differences |= load(row(r) + i) ^ load(base(r) + i);
  return (differences[0] | differences[1] | differences[2] | differences[3]) != 0;
}

bool RowExchange::is_sound(const RowPacket& packet) const {
  return packet.values.size() == packet.rows.size() * stride_ &&
         std::ranges::all_of(packet.rows, [this](uint32_t r) { return r < updates_.size(); });
}

void RowExchange::pack_changes(uint32_t owner, bool all, RowPacket& packet) const {
  for (size_t r = owner; r < updates_.size(); r += share_.count) {
    if (!is_due(r, all) || !is_changed(r)) continue;
    packet.rows.push_back(static_cast<uint32_t>(r));
    packet.values.resize(packet.values.size() + stride_);
    float* const change = packet.values.data() + packet.values.size() - stride_;
    for (size_t i = 0; i < stride_; ++i) change[i] = row(r)[i] - base(r)[i];
  }
}

bool RowExchange::add_changes(const RowPacket& packet) {
  if (!is_sound(packet)) return false;
  const float* change = packet.values.data();
  for (const uint32_t r : packet.rows) {
    for (size_t i = 0; i < stride_; ++i) row(r)[i] += change[i];
    change += stride_;
    is_told_[r] = 1;
  }
  return true;
}

void RowExchange::join(bool all, float steps_of_all, float steps, RowPacket& packet) {
  for (size_t r = share_.index; r < updates_.size(); r += share_.count) {
    if (!is_due(r, all) || (is_told_[r] == 0 && !is_changed(r))) continue;
    is_told_[r] = 0;
    float* const current = row(r);
    float* const before = base(r);
    for (size_t i = 0; i < stride_; ++i) current[i] -= before[i];
    const float rates = updates_[r] >= kFrequent ? steps : steps_of_all;
    joint_.join(current, updates_[r] * rates, share_.count);
    for (size_t i = 0; i < stride_; ++i) before[i] = current[i] += before[i];
    packet.rows.push_back(static_cast<uint32_t>(r));
    packet.values.insert(packet.values.end(), current, current + stride_);
  }
}

bool RowExchange::set_rows(const RowPacket& packet) {
  if (!is_sound(packet)) return false;
  const float* values = packet.values.data();
  for (const uint32_t r : packet.rows) {
    std::copy_n(values, stride_, row(r));
    if (base_.data() != nullptr) std::copy_n(values, stride_, base(r));
    values += stride_;
  }
  return true;
}

}  // namespace kinvec
