#include "flat_index.h"

#include <new>

#include "binary_rows.h"
#include "int8_rows.h"
#include "scan.h"

namespace kinvec {

namespace {

// The dot product of two vectors of at most this squared length stays below the largest float
// (3.4e38), and so do all its partial sums.
constexpr float kMaxSquaredLength = 1e38F;

Error out_of_memory() { return {ErrorCode::kOutOfMemory, "no memory left for the index"}; }

std::unique_ptr<RowStore> coarse_rows(const FlatIndexOptions& options) {
  switch (options.precision) {
    case Precision::kInt8:
      return std::make_unique<Int8Rows>(options.dimensions, options.dot_mode);
    case Precision::kBinary:
      return std::make_unique<BinaryRows>(options.dimensions);
    default:
      return nullptr;
  }
}

}  // namespace

FlatIndex::FlatIndex(const FlatIndexOptions& options)
    : dimensions_(options.dimensions), dot_mode_(options.dot_mode), coarse_(coarse_rows(options)) {
  if (coarse_ == nullptr || options.rescore) floats_ = std::make_unique<FloatRows>(dimensions_);
}

size_t FlatIndex::bytes_per_row() const {
  return (coarse_ ? coarse_->bytes_per_row() : 0) + (floats_ ? floats_->bytes_per_row() : 0);
}

Result<void> FlatIndex::reserve(size_t count) {
  const size_t rows = size_ + count;
  if ((!coarse_ || coarse_->reserve(rows)) && (!floats_ || floats_->reserve(rows)) &&
      (!graph_ || graph_->reserve(rows))) {
    return {};
  }
  shrink();
  return out_of_memory();
}

void FlatIndex::shrink() {
  if (coarse_) coarse_->shrink(size_);
  if (floats_) floats_->shrink(size_);
  if (graph_) graph_->shrink();
}

Result<void> FlatIndex::add(const float* vectors, size_t count) {
  if (auto checked = check(vectors, count, ErrorCode::kInvalidArgument); !checked) return checked;
  return append(vectors, count);
}

Result<void> FlatIndex::append(const float* vectors, size_t count) {
  if (auto reserved = reserve(count); !reserved) return reserved;
  for (size_t i = 0; i < count; ++i, ++size_) {
    write(size_, vectors + i * dimensions_);
    if (graph_) graph_->link(vectors + i * dimensions_);
  }
  return {};
}

void FlatIndex::write(size_t row, const float* vector) {
  if (coarse_) coarse_->write(row, vector);
  if (floats_) floats_->write(row, vector);
}

Result<void> FlatIndex::replace(const uint32_t* rows, const float* vectors, size_t count) {
  if (auto checked = check(vectors, count, ErrorCode::kInvalidArgument); !checked) return checked;
  for (size_t i = 0; i < count; ++i) write(rows[i], vectors + i * dimensions_);
  for (Graph* graph : {graph_.get(), unfinished_.get()}) {
    if (graph == nullptr) continue;
    graph->detach(rows, count);
    for (size_t i = 0; i < count; ++i) {
      if (rows[i] < graph->size()) graph->relink(rows[i], vectors + i * dimensions_);
    }
  }
  return {};
}

Result<void> FlatIndex::remove(const uint32_t* rows, size_t count) {
  if (count == 0) return {};
  RowStore* const stores[] = {coarse_.get(), floats_.get()};
  size_t largest = 0;
  for (const RowStore* store : stores) {
    if (store != nullptr) largest = std::max(largest, store->stored_bytes());
  }
  const AlignedBuffer<std::byte> moved(largest);
  const AlignedBuffer<uint32_t> renumbered(graph_ || unfinished_ ? size_ : 0);
  if (moved.data() == nullptr || renumbered.data() == nullptr) return out_of_memory();
  for (Graph* graph : {graph_.get(), unfinished_.get()}) {
    if (graph != nullptr) graph->remove(rows, count, renumbered.data());
  }
  for (RowStore* store : stores) {
    if (store == nullptr) continue;
    size_t kept = rows[0];
    for (size_t row = kept, next = 0; row < size_; ++row) {
      if (next < count && row == rows[next]) {
        ++next;
        continue;
      }
      store->save(row, moved.data());
      store->restore(kept++, moved.data());
    }
    store->shrink(size_ - count);
  }
  size_ -= count;
  return {};
}

void FlatIndex::clear() {
  size_ = 0;
  graph_.reset();
  unfinished_.reset();
  shrink();
}

void FlatIndex::save(size_t first, size_t count, std::byte* rows) const {
  for (size_t i = 0; i < count; ++i) stored().save(first + i, rows + i * stored_bytes());
}

Result<void> FlatIndex::restore(const std::byte* rows, size_t count) {
  if (floats_) {
    const auto* vectors = reinterpret_cast<const float*>(rows);
    if (auto checked = check(vectors, count, ErrorCode::kModelFormat); !checked) return checked;
    return append(vectors, count);
  }
  if (auto reserved = reserve(count); !reserved) return reserved;
  for (size_t i = 0; i < count; ++i) {
    if (!coarse_->restore(size_ + i, rows + i * stored_bytes())) {
      coarse_->shrink(size_);
      return Error{ErrorCode::kModelFormat, "a row is none that an index writes",
                   static_cast<int64_t>(i)};
    }
  }
  size_ += count;
  return {};
}

Result<std::span<const Hit>> FlatIndex::search(const float* queries, size_t count,
                                               const SearchOptions& options) {
  if (auto checked = check(queries, count, ErrorCode::kInvalidArgument); !checked)
    return checked.error();
  if (graph_ && options.effort > 0 && options.allowed.all()) {
    // About so many rows a walk looks at. A scan of as few takes no longer.
    const size_t effort = std::max(options.effort, std::min(options.top_k, size_));
    if (effort < size_ / graph_->options().neighbors) {
      auto found = search_graph(queries, count, options);
      if (!found || !found->empty()) return found;
    }
  }
  return search_all(queries, count, options);
}

Result<std::span<const Hit>> FlatIndex::search_graph(const float* queries, size_t count,
                                                     const SearchOptions& options) {
  const size_t wanted = std::min(options.top_k, size_);
  const size_t effort = std::max(options.effort, wanted);
  hits_ = AlignedBuffer<Hit>();
  hits_ = AlignedBuffer<Hit>(count * wanted);
  const AlignedBuffer<Hit> rescored(effort);
  if (hits_.data() == nullptr || rescored.data() == nullptr) return out_of_memory();
  for (size_t q = 0; q < count; ++q) {
    const float* query = queries + q * dimensions_;
    const auto found = graph_->search(query, effort);
    if (!found) return found.error();
    if (found->size() < wanted) return std::span<const Hit>();
    Hit* hit = rescored.data();
    for (const Candidate& candidate : *found) {
      *hit++ = {candidate.row, floats_->score(candidate.row, query)};
    }
    sort_hits({rescored.data(), found->size()});
    std::copy_n(rescored.data(), wanted, hits_.data() + q * wanted);
  }
  return std::span<const Hit>(hits_.data(), count * wanted);
}

Result<std::span<const Hit>> FlatIndex::search_all(const float* queries, size_t count,
                                                   const SearchOptions& options) {
  const bool rescored = coarse_ && floats_;
  const size_t available = options.allowed.count(size_);
  const size_t wanted = std::min(options.top_k, available);
  const size_t considered = std::max(options.candidates, options.top_k);
  const size_t kept = rescored ? std::min(considered, available) : wanted;

  hits_ = AlignedBuffer<Hit>();  // the old ones go before the new ones come
  hits_ = AlignedBuffer<Hit>(count * kept);
  const AlignedBuffer<TopK> best(count);
  if (hits_.data() == nullptr || best.data() == nullptr) return out_of_memory();
  const auto hits_of = [&](size_t q) { return std::span(hits_.data() + q * kept, kept); };
  for (size_t q = 0; q < count; ++q) new (&best[q]) TopK(hits_of(q));

  BestScores sink(best.data(), options.allowed);
  if (auto scanned = scanned_rows().scan(queries, count, size_, options.allowed, sink); !scanned) {
    return scanned.error();
  }
  for (size_t q = 0; q < count; ++q) {
    const auto hits = hits_of(q);
    if (rescored) {
      for (Hit& hit : hits) hit.score = floats_->score(hit.row, queries + q * dimensions_);
    }
    sort_hits(hits);
    // Close the gaps that candidates leave.
    std::copy_n(hits.begin(), wanted, hits_.data() + q * wanted);
  }
  return std::span<const Hit>(hits_.data(), count * wanted);
}

Result<void> FlatIndex::score_all(const float* queries, size_t count, float* scores) const {
  if (auto checked = check(queries, count, ErrorCode::kInvalidArgument); !checked) return checked;
  AllScores sink(scores, size_);
  return scanned_rows().scan(queries, count, size_, RowMask(), sink);
}

Result<void> FlatIndex::begin_graph(const GraphOptions& options) {
  unfinished_ = std::make_unique<Graph>(options, dimensions_, dot_mode_);
  if (*unfinished_ && unfinished_->reserve(size_)) return {};
  unfinished_.reset();
  return out_of_memory();
}

Result<size_t> FlatIndex::link_rows(size_t count) {
  if (!unfinished_) {
    return Error{ErrorCode::kInvalidArgument, "the index was emptied while its graph was built"};
  }
  const size_t linked = unfinished_->size();
  const size_t end = std::min(size_, linked + count);
  if (!unfinished_->reserve(end)) return out_of_memory();
  for (size_t row = linked; row < end; ++row) unfinished_->link(floats_->row(row));
  if (end == size_) graph_ = std::move(unfinished_);
  return size_ - end;
}

Result<size_t> FlatIndex::restore_links(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const size_t row = unfinished_->size();
    if (row == size_) {
      return Error{ErrorCode::kModelFormat, "there are links of more rows than there are"};
    }
    const auto taken = unfinished_->restore(bytes, floats_->row(row));
    if (!taken) return taken.error();
    bytes = bytes.subspan(*taken);
  }
  return size_ - unfinished_->size();
}

Result<void> FlatIndex::finish_restoring_graph(const Graph::State& state) {
  if (unfinished_->size() < size_) {
    return Error{ErrorCode::kModelFormat, "there are links of fewer rows than there are"};
  }
  if (auto restored = unfinished_->finish_restoring(state); !restored) return restored;
  graph_ = std::move(unfinished_);
  return {};
}

Result<void> FlatIndex::check(const float* vectors, size_t count, ErrorCode code) const {
  for (size_t i = 0; i < count; ++i) {
    const float* vector = vectors + i * dimensions_;
    if (!(dot(vector, vector, dimensions_) <= kMaxSquaredLength)) {
      return Error{code, "a vector holds a value that is not finite, or is longer than 1e19",
                   static_cast<int64_t>(i)};
    }
  }
  return {};
}

}  // namespace kinvec
