#include "error.h"

namespace kinvec {

Error format_error(std::string_view message, int64_t at) {
  return {ErrorCode::kModelFormat, std::string(message), at};
}

ErrorBox::ErrorBox(const Error& error) : error_(new Error(error)) {}

void ErrorBox::Delete::operator()(Error* error) const { delete error; }

}  // namespace kinvec
