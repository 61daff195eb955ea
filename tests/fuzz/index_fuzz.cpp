#include "index_fuzz.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "src/search/flat_index.h"
#include "tokenizer_fuzz.h"

namespace kinvec::fuzz {
namespace {

constexpr size_t kHeaderBytes = 4;
constexpr size_t kMostDimensions = 600;

std::vector<std::byte> saved(const FlatIndex& index) {
  std::vector<std::byte> rows(index.size() * index.stored_bytes());
  index.save(0, index.size(), rows.data());
  return rows;
}

std::vector<Hit> search(FlatIndex& index) {
  std::vector<float> query(index.dimensions());
  for (size_t i = 0; i < query.size(); ++i) query[i] = static_cast<float>(i % 7) - 2.5F;
  const auto found = index.search(query.data(), 1, {.top_k = 20, .candidates = 40});
  require(static_cast<bool>(found));
  require(found->size() == std::min<size_t>(20, index.size()));
  for (size_t i = 0; i < found->size(); ++i) {
    require((*found)[i].row < index.size());
    require(std::isfinite((*found)[i].score));
    require(i == 0 || better((*found)[i - 1], (*found)[i]));
  }
  return {found->begin(), found->end()};
}

bool same(const std::vector<Hit>& a, const std::vector<Hit>& b) {
  return std::ranges::equal(
      a, b, [](const Hit& x, const Hit& y) { return x.row == y.row && x.score == y.score; });
}

}  // namespace

void restore_index(std::span<const uint8_t> input) {
  if (input.size() < kHeaderBytes) return;
  const auto precision = static_cast<Precision>(input[0] % 3);
  const FlatIndexOptions options{
      .dimensions = 1 + (input[1] + 256U * input[2]) % kMostDimensions,
      .precision = precision,
      .rescore = precision == Precision::kF32 || (input[0] & 0x80U) != 0};
  FlatIndex index(options);
  const size_t row_bytes = index.stored_bytes();
  const size_t rows = (input.size() - kHeaderBytes) / row_bytes;
  // Of exactly this size, so that a byte too many is found.
  const std::vector<std::byte> file = [&] {
    const auto bytes = std::as_bytes(input).subspan(kHeaderBytes, rows * row_bytes);
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  }();

  if (const auto restored = index.restore(file.data(), rows); !restored) {
    require(restored.error().code == ErrorCode::kModelFormat);
    const auto at = static_cast<size_t>(restored.error().at);
    require(at < rows && index.size() == 0);
    // Those before it are good.
    require(static_cast<bool>(index.restore(file.data(), at)));
    search(index);
    return;
  }
  require(index.size() == rows);
  require(saved(index) == file);
  search(index);

  // What remains of an index is an index of what remains.
  FlatIndex rest(options);
  std::vector<uint32_t> removed;
  for (uint32_t row = 0; row < rows; ++row) {
    if ((row * 2654435761U >> 24U) < input[3]) {
      removed.push_back(row);
    } else {
      std::vector<float> aligned(row_bytes / sizeof(float) + 1);
      std::memcpy(aligned.data(), file.data() + row * row_bytes, row_bytes);
      const auto* row_of_file = reinterpret_cast<const std::byte*>(aligned.data());
      require(static_cast<bool>(rest.restore(row_of_file, 1)));
    }
  }
  require(static_cast<bool>(index.remove(removed.data(), removed.size())));
  require(saved(index) == saved(rest));
  require(same(search(index), search(rest)));
}

}  // namespace kinvec::fuzz
