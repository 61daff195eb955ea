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
  if (auto checked = check(vectors, count); !checked) return checked;
  if (auto reserved = reserve(count); !reserved) return reserved;
  for (size_t i = 0; i < count; ++i, ++size_) {
    const float* vector = vectors + i * dimensions_;
    if (coarse_) coarse_->write(size_, vector);
    if (floats_) floats_->write(size_, vector);
  }
  return {};
}

void FlatIndex::clear() {
  size_ = 0;
  if (coarse_) coarse_->shrink(0);
  if (floats_) floats_->shrink(0);
}

Result<std::span<const Hit>> FlatIndex::search(const float* queries, size_t count, size_t top_k,
                                               size_t candidates) {
  if (auto checked = check(queries, count); !checked) return checked.error();
  const bool rescored = coarse_ && floats_;
  const size_t wanted = std::min(top_k, size_);
  const size_t kept = rescored ? std::min(std::max(candidates, top_k), size_) : wanted;

  hits_ = AlignedBuffer<Hit>();  // the old ones go before the new ones come
  hits_ = AlignedBuffer<Hit>(count * kept);
  const AlignedBuffer<TopK> best(count);
  if (hits_.data() == nullptr || best.data() == nullptr) return out_of_memory();
  const auto hits_of = [&](size_t q) { return std::span(hits_.data() + q * kept, kept); };
  for (size_t q = 0; q < count; ++q) new (&best[q]) TopK(hits_of(q));

  const RowStore& rows = coarse_ ? *coarse_ : *floats_;
  if (auto scanned = rows.scan(queries, count, size_, best.data()); !scanned) {
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

Result<void> FlatIndex::check(const float* vectors, size_t count) const {
  for (size_t i = 0; i < count; ++i) {
    const float* vector = vectors + i * dimensions_;
    if (!(dot(vector, vector, dimensions_) <= kMaxSquaredLength)) {
      return Error{ErrorCode::kInvalidArgument,
                   "a vector holds a value that is not finite, or is longer than 1e19",
                   static_cast<int64_t>(i)};
    }
  }
  return {};
}

}  // namespace kinvec
