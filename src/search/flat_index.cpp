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
    : dimensions_(options.dimensions), coarse_(coarse_rows(options)) {
  if (coarse_ == nullptr || options.rescore) floats_ = std::make_unique<FloatRows>(dimensions_);
}

size_t FlatIndex::bytes_per_row() const {
  return (coarse_ ? coarse_->bytes_per_row() : 0) + (floats_ ? floats_->bytes_per_row() : 0);
}

Result<void> FlatIndex::reserve(size_t count) {
  const size_t rows = size_ + count;
  if (coarse_ && !coarse_->reserve(rows)) return out_of_memory();
  if (floats_ && !floats_->reserve(rows)) {
    if (coarse_) coarse_->shrink(size_);
    return out_of_memory();
  }
  return {};
}

Result<void> FlatIndex::add(const float* vectors, size_t count) {
  if (auto checked = check(vectors, count, ErrorCode::kInvalidArgument); !checked) return checked;
  return append(vectors, count);
}

Result<void> FlatIndex::append(const float* vectors, size_t count) {
  if (auto reserved = reserve(count); !reserved) return reserved;
  for (size_t i = 0; i < count; ++i, ++size_) write(size_, vectors + i * dimensions_);
  return {};
}

void FlatIndex::write(size_t row, const float* vector) {
  if (coarse_) coarse_->write(row, vector);
  if (floats_) floats_->write(row, vector);
}

Result<void> FlatIndex::replace(size_t row, const float* vector) {
  if (auto checked = check(vector, 1, ErrorCode::kInvalidArgument); !checked) return checked;
  write(row, vector);
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
  if (moved.data() == nullptr) return out_of_memory();
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
  if (coarse_) coarse_->shrink(0);
  if (floats_) floats_->shrink(0);
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
