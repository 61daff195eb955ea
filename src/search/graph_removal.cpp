#include "graph.h"

namespace kinvec {

void Graph::remove(const uint32_t* rows, size_t count, uint32_t* renumbered) {
  detach(rows, count);
  uint32_t kept = 0;
  for (size_t row = 0; row < size(); ++row) {
    if (gone_.has(row)) continue;
    if (row != kept) codes_.move(row, kept);
    renumbered[row] = kept++;
  }
  for (size_t row = 0; row < size(); ++row) {
    if (gone_.has(row)) continue;
    for (size_t level = 0; level <= links_.level(row); ++level) {
      for (uint32_t& other : links_.links(row, level).rows()) other = renumbered[other];
    }
  }
  if (entry_ != kNone) entry_ = renumbered[entry_];
  links_.remove([&](size_t row) { return gone_.has(row); });
  codes_.shrink(size());
}

void Graph::detach(const uint32_t* rows, size_t count) {
  visited_.clear(size());
  gone_.clear(size());
  relinked_.clear(size());
  for (size_t i = 0; i < count; ++i) {
    if (rows[i] < size()) gone_.insert(rows[i]);
  }
  if (entry_ != kNone && gone_.has(entry_)) choose_entry();

  for (uint32_t row = 0; row < size(); ++row) {
    for (size_t level = 0; level <= links_.level(row); ++level) {
      const auto others = links_.links(row, level).rows();
      if (gone_.has(row)) {
        // Those lose a link from this one, perhaps their only one.
        for (const uint32_t other : others) relinked_.insert(other);
      } else if (std::any_of(others.begin(), others.end(),
                             [&](uint32_t other) { return gone_.has(other); })) {
        repair(row, level);
      }
    }
  }
  for (uint32_t row = 0; row < size(); ++row) {
    if (!gone_.has(row)) continue;
    for (size_t level = 0; level <= links_.level(row); ++level) links_.links(row, level).clear();
  }
  answer_links();
}

void Graph::relink(uint32_t row, const float* vector) {
  codes_.write(row, vector);
  connect(row);
}

void Graph::repair(uint32_t row, size_t level) {
  uint32_t rows[kMostGathered];
  float scores[kMostGathered];
  const size_t n = gather(row, level, rows);
  codes_.read(row, other_);
  codes_.score(other_, rows, n, scores);
  near_.reset(options_.effort);
  for (size_t i = 0; i < n; ++i) near_.insert(rows[i], scores[i]);
  LinkList links = links_.links(row, level);
  links.assign(choose(row, near_.candidates(), links.capacity()));
  relinked_.insert(row);
}

size_t Graph::gather(uint32_t row, size_t level, uint32_t* rows) {
  uint32_t passed[64];  // rows that are gone, by way of which others are found
  size_t n_passed = 0;
  size_t n = 0;
  const auto take = [&](uint32_t from) {
    for (const uint32_t other : links_.links(from, level).rows()) {
      if (other == row || visited_.has(other)) continue;
      if (gone_.has(other)) {
        if (n_passed == std::size(passed)) continue;
        passed[n_passed++] = other;
      } else {
        if (n == kMostGathered) continue;
        rows[n++] = other;
      }
      visited_.insert(other);
    }
  };
  take(row);
  for (size_t i = 0; i < n_passed; ++i) take(passed[i]);
  for (size_t i = 0; i < n_passed; ++i) visited_.erase(passed[i]);
  for (size_t i = 0; i < n; ++i) visited_.erase(rows[i]);
  return n;
}

void Graph::answer_links() {
  for (uint32_t row = 0; row < size(); ++row) {
    if (!relinked_.has(row) || gone_.has(row)) continue;
    for (size_t level = 0; level <= links_.level(row); ++level) {
      for (const uint32_t other : links_.links(row, level).rows()) {
        if (!links_.links(other, level).has(row)) add_link(other, row, level);
      }
    }
    if (links_.links(row, 0).rows().empty()) connect_again(row);
  }
}

// One whose neighbourhood is gone is linked like a new one, by way of another entry if it is that.
void Graph::connect_again(uint32_t row) {
  if (row == entry_) {
    gone_.insert(row);
    choose_entry();
    gone_.erase(row);
  }
  connect(row);
}

void Graph::choose_entry() {
  entry_ = kNone;
  for (uint32_t row = 0; row < size(); ++row) {
    if (gone_.has(row)) continue;
    if (entry_ == kNone || links_.level(row) > links_.level(entry_)) entry_ = row;
  }
}

}  // namespace kinvec
