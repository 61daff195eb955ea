#include "graph.h"

namespace kinvec {

namespace {

/// The n-th of a sequence of numbers that look random (SplitMix64).
uint64_t random_at(uint64_t n) {
  uint64_t z = (n + 1) * 0x9e3779b97f4a7c15U;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
  z = (z ^ z >> 27) * 0x94d049bb133111ebU;
  return z ^ z >> 31;
}

/// One row in `neighbors` goes up from each level to the next: the exponential distribution that
/// the paper asks for, in integers.
uint32_t level_at(uint64_t n, size_t neighbors) {
  const uint64_t limit = ~uint64_t{0} / neighbors;
  uint32_t level = 0;
  for (uint64_t random = random_at(n); random < limit && level < Graph::kHighestLevel; ++level) {
    random = random_at(random);
  }
  return level;
}

}  // namespace

Graph::Graph(const GraphOptions& options, size_t dimensions, DotMode mode)
    : options_(options),
      codes_(dimensions, mode),
      links_(options.neighbors),
      query_(codes_.make_query()),
      other_(codes_.make_query()) {}

Graph::operator bool() const {
  return codes_ && query_.values.data() != nullptr && other_.values.data() != nullptr;
}

size_t Graph::bytes_per_row() const {
  const size_t upper = (1 + options_.neighbors) * sizeof(uint32_t) / (options_.neighbors - 1);
  return codes_.bytes_per_row() + links_.bytes_per_row() + upper;
}

bool Graph::reserve(size_t rows) {
  size_t upper_lists = links_.upper_lists();
  for (size_t row = size(); row < rows; ++row) {
    upper_lists += level_at(levels_drawn_ + (row - size()), options_.neighbors);
  }
  // Pools are asked for as many as ever, after which they cannot fail.
  return codes_.reserve(rows) && links_.reserve(rows, upper_lists) && visited_.reserve(rows) &&
         gone_.reserve(rows) && relinked_.reserve(rows) && pool_.reset(options_.effort) &&
         near_.reset(std::max(options_.effort, 2 * options_.neighbors + 1));
}

void Graph::shrink() {
  codes_.shrink(size());
  links_.shrink();
}

void Graph::link(const float* vector) {
  const auto row = static_cast<uint32_t>(size());
  links_.push_back(level_at(levels_drawn_++, options_.neighbors));
  codes_.write(row, vector);
  connect(row);
}

void Graph::connect(uint32_t row) {
  if (entry_ == kNone) {
    entry_ = row;
    return;
  }
  codes_.read(row, query_);
  const size_t level = links_.level(row);
  const size_t top = links_.level(entry_);
  enter(std::min(level, top), options_.effort);
  for (size_t l = std::min(level, top) + 1; l-- > 0;) {
    walk(l);
    LinkList links = links_.links(row, l);
    links.assign(choose(row, pool_.candidates(), options_.neighbors));
    for (const uint32_t other : links.rows()) add_link(other, row, l);
  }
  if (level > top) entry_ = row;
}

void Graph::enter(size_t level, size_t capacity) {
  float score = 0;
  uint32_t row = entry_;
  codes_.score(query_, &row, 1, &score);
  pool_.reset(1);
  pool_.insert(row, score);
  for (size_t l = links_.level(entry_); l > level; --l) walk(l);
  const Candidate best = pool_.candidates().front();
  pool_.reset(capacity);
  pool_.insert(best.row, best.score);
}

void Graph::walk(size_t level) {
  visited_.clear(size());
  for (const Candidate& candidate : pool_.candidates()) visited_.insert(candidate.row);
  pool_.open_all();
  while (const Candidate* next = pool_.next()) {
    uint32_t rows[2 * kMostNeighbors];
    float scores[2 * kMostNeighbors];
    size_t n = 0;
    for (const uint32_t row : links_.links(next->row, level).rows()) {
      if (visited_.has(row)) continue;
      visited_.insert(row);
      rows[n++] = row;
    }
    codes_.score(query_, rows, n, scores);
    for (size_t i = 0; i < n; ++i) pool_.insert(rows[i], scores[i]);
  }
}

void Graph::add_link(uint32_t from, uint32_t to, size_t level) {
  LinkList links = links_.links(from, level);
  if (!links.full()) {
    links.append(to);
    return;
  }
  const size_t n = links.capacity() + 1;
  uint32_t rows[2 * kMostNeighbors + 1];
  float scores[2 * kMostNeighbors + 1];
  std::copy(links.rows().begin(), links.rows().end(), rows);
  rows[n - 1] = to;
  codes_.read(from, other_);
  codes_.score(other_, rows, n, scores);
  near_.reset(n);
  for (size_t i = 0; i < n; ++i) near_.insert(rows[i], scores[i]);
  links.assign(choose(from, near_.candidates(), links.capacity()));
}

// The paper's heuristic (algorithm 4): a candidate nearer to one that is chosen already than to the
// row is left out, since it is reached by way of that one. So links lead in all directions.
std::span<const uint32_t> Graph::choose(uint32_t row, std::span<const Candidate> candidates,
                                        size_t most) {
  float own = 0;
  codes_.read(row, other_);
  codes_.score(other_, &row, 1, &own);
  size_t n = 0;
  size_t twins = 0;
  for (const Candidate& candidate : candidates) {
    if (n == most) break;
    if (candidate.row == row) continue;
    // Copies of the row would take all the places, and be an island.
    if (candidate.score == own && ++twins > most / 4) continue;
    const uint32_t other = candidate.row;
    codes_.read(other, other_);
    if (!nearer_to_chosen(candidate, n)) chosen_[n++] = other;
  }
  return {chosen_, n};
}

/// other_ is the candidate.
bool Graph::nearer_to_chosen(const Candidate& candidate, size_t n_chosen) const {
  constexpr size_t kAtOnce = 4;
  for (size_t i = 0; i < n_chosen; i += kAtOnce) {
    float scores[kAtOnce];
    const size_t n = std::min(kAtOnce, n_chosen - i);
    codes_.score(other_, chosen_ + i, n, scores);
    if (std::any_of(scores, scores + n, [&](float score) { return score > candidate.score; })) {
      return true;
    }
  }
  return false;
}

Result<std::span<const Candidate>> Graph::search(const float* query, size_t effort) {
  if (!pool_.reset(effort)) {
    return Error{ErrorCode::kOutOfMemory, "no memory left for the search"};
  }
  if (entry_ != kNone) {
    codes_.convert(query, query_);
    enter(0, effort);
    walk(0);
  }
  return pool_.candidates();
}

}  // namespace kinvec
