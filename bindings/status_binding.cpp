// The outcome of calls, which every module answers with. web/native/module.ts mirrors it.

#include "binding.h"

namespace kinvec_binding {

EMSCRIPTEN_BINDINGS(kinvec_status) {
  emscripten::value_object<Status>("Status")
      .field("code", &Status::code)
      .field("message", &Status::message)
      .field("at", &Status::at);
}

}  // namespace kinvec_binding
