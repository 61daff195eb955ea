// The closed list of error codes and Result<T>, the way every fallible function answers.
// Nothing in the core throws; this header must not depend on any other part.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
  kModelMismatch = 17,
};

/// What went wrong: a code, a sentence that says what to do, and where.
struct Error {
  ErrorCode code = ErrorCode::kOk;
  std::string message;
  int64_t at = -1;  // byte offset or item index it applies to; -1: none
};

/// A MODEL_FORMAT error: the file is damaged, or is not what it says.
Error format_error(std::string_view message, int64_t at = -1);

/// An Error on the heap, or none. Making and deleting one are calls, so that the many places that
/// pass a Result on stay small.
class ErrorBox {
 public:
  ErrorBox() = default;
  explicit ErrorBox(const Error& error);

  bool empty() const { return error_ == nullptr; }
  const Error& operator*() const { return *error_; }

 private:
  struct Delete {
    void operator()(Error* error) const;
  };
  std::unique_ptr<Error, Delete> error_;
};

/// Either a value or an Error. `if (!result) return result.error();` passes an error on.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T&& value) : value_(std::move(value)) {}
  Result(const T& value) : value_(value) {}
  Result(ErrorBox error) : error_(std::move(error)) {}
  Result(const Error& error) : error_(error) {}

  explicit operator bool() const { return error_.empty(); }

  T& value() { return *value_; }
  const T& value() const { return *value_; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  const Error& error() const { return *error_; }

 private:
  std::optional<T> value_;
  ErrorBox error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(ErrorBox error) : error_(std::move(error)) {}
  Result(const Error& error) : error_(error) {}

  explicit operator bool() const { return error_.empty(); }
  const Error& error() const { return *error_; }

 private:
  ErrorBox error_;
};

}  // namespace kinvec
