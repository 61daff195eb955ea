// The closed list of error codes and Result<T>, the way every fallible function answers.
// Nothing in the core throws; this header must not depend on any other part.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace kinvec {

/// Codes shared with TypeScript (web/errors.ts); a test keeps the two lists equal.
enum class ErrorCode : int {
  kOk = 0,
  kInvalidArgument = 1,
  kModelFormat = 2,
  kModelVersion = 3,
  kModelHash = 4,
  kUnsupportedArchitecture = 5,
  kUnsupportedDtype = 6,
  kUnsupportedTokenizer = 7,
  kPoolingUnknown = 8,
  kTextTooLong = 9,
  kDimensionMismatch = 10,
  kOutOfMemory = 11,
  kFetchFailed = 12,
  kAborted = 13,
  kDisposed = 14,
  kEngineLost = 15,
  kProbeFailed = 16,
};

/// What went wrong: a code, a sentence that says what to do, and where.
struct Error {
  ErrorCode code = ErrorCode::kOk;
  std::string message;
  int64_t at = -1;  // byte offset or item index it applies to; -1: none
};

/// Either a value or an Error. `if (!result) return result.error();` passes an error on.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }

  T& value() { return *std::get_if<0>(&state_); }
  const T& value() const { return *std::get_if<0>(&state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return error_.code == ErrorCode::kOk; }
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace kinvec
