#include "error.h"

namespace kinvec {

ErrorBox::ErrorBox(Error error) : error_(new Error(std::move(error))) {}

void ErrorBox::Delete::operator()(Error* error) const { delete error; }

}  // namespace kinvec
