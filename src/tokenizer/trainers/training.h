// A training under way: a computation that pauses, so that its caller can show progress or abandon
// it, and what it gives in the end.
#pragma once

#include <coroutine>
#include <cstdint>
#include <utility>
#include <vector>

#include "../../error.h"
#include "../token_strings.h"

namespace kinvec {

struct TrainedModel {
  TokenStrings tokens;          // in the order of their ids
  std::vector<int32_t> merges;  // BPE, WordPiece: [2 * n] ids of left and right part, best first
  std::vector<double> scores;   // Unigram: [n_tokens] natural logarithm of the probability
  int32_t unknown_id = -1;      // Unigram: id of its unknown token; -1 for none
};

/// What the trainers are: coroutines, which read from top to bottom and yield how far they are.
/// A training runs only inside step(), and is abandoned by destroying it.
class [[nodiscard]] Training {
 public:
  // The language gives this name.
  struct promise_type {  // NOLINT(readability-identifier-naming)
    Result<TrainedModel> result = TrainedModel{};
    double progress = 0;

    Training get_return_object() { return Training(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(double fraction) noexcept {
      progress = fraction;
      return {};
    }
    void return_value(Result<TrainedModel> value) { result = std::move(value); }
    void unhandled_exception() noexcept {}  // asked for by the language; nothing here throws
  };

  Training(Training&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Training& operator=(Training&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Training() {
    if (handle_) handle_.destroy();
  }

  /// Does a piece of the work, some tens of milliseconds; true once all of it is done.
  bool step() {
    if (!handle_.done()) handle_.resume();
    return handle_.done();
  }

  /// The part of the work that is done, 0 to 1.
  double progress() const { return handle_.done() ? 1 : handle_.promise().progress; }

  /// The model, or what is wrong with the options; once step() has answered true.
  const Result<TrainedModel>& result() const { return handle_.promise().result; }

 private:
  using Handle = std::coroutine_handle<promise_type>;
  explicit Training(Handle handle) : handle_(handle) {}

  Handle handle_;
};

}  // namespace kinvec
