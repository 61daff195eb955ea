#!/usr/bin/env bash
# Brings what a build, a test run or a lint run needs; does nothing, quickly, when all of it is there.
# Usage: tools/setup.sh [build] [test] [docs] [lint]        (default: build)
#
# Everything it makes lies in ${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}, outside the work tree, except
# node_modules and system packages.  Other scripts source `env.sh` in that folder; it sets
#   KINVEC_CACHE, EM_CONFIG (private Emscripten only), EMSCRIPTEN_ROOT, BINARYEN_ROOT, KINVEC_CC, KINVEC_CXX and PATH.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export KINVEC_CACHE=${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}
stamps=$KINVEC_CACHE/stamps
log=$KINVEC_CACHE/setup.log
mkdir -p "$stamps"

step() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command with its output in the log; shows the end of the log if it fails.
quietly() {
  if ! "$@" >>"$log" 2>&1 </dev/null; then
    tail -n 25 "$log" >&2
    die "failed: $* (whole log: $log)"
  fi
}

source "$root/tools/setup/packages.sh"
source "$root/tools/setup/emscripten.sh"

setup_build() {
  want cmake cmake
  want ninja-build ninja
  want python3 python3
  want_node_modules "$root"
  if [ -f "$root/demo/package.json" ]; then want_node_modules "$root/demo"; fi
  install_wanted
  setup_emscripten
}

setup_compiler() {
  if ! has clang++ || has apt-get; then want clang-19 clang++-19; fi
  want_file doctest-dev /usr/include/doctest/doctest.h
}

setup_docs() {
  setup_build
  want_node_modules "$root/docs/site"
}

setup_test() {
  setup_docs
  setup_compiler
  want_node_modules "$root/tests/adapters"
  want_file libclang-rt-19-dev "/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.asan-$(uname -m).a"
  want llvm-19 llvm-symbolizer-19   # readable sanitizer reports
  want python3-pip pip3
  want_file python3-venv "$(python3 -c 'import ensurepip; print(ensurepip.__file__)' 2>/dev/null || echo missing)"
  if [ -z "${KINVEC_CHROME:-${CHROME_PATH:-}}" ]; then want chromium chromium; fi
  want firefox-esr firefox-esr
  want webkit2gtk-driver WebKitWebDriver
  want xvfb Xvfb
  install_wanted
  want_node_modules "$root/tests/bundlers"
  want_node_modules "$root/tests/bundlers/next"
  want_node_version 20.20.2
  want_node_version 22.23.5
  want_node_version 24.21.0
  want_node_modules "$root/tests/environments"
  "$root/tools/fetch_weights.sh"
  "$root/tools/make_reference_gguf.sh"
  "$root/tools/fetch_tokenizers.sh"
}

setup_lint() {
  setup_build
  setup_compiler
  want clang-format-19 clang-format-19
  want clang-tidy-19 clang-tidy-19
  install_wanted
}

# What a stamp must say to be believed: the recipe, the locked packages and the programs found first on PATH.
fingerprint() {
  {
    cat "$root"/tools/setup.sh "$root"/tools/setup/*.sh "$root"/tools/{fetch_weights,make_reference_gguf,fetch_tokenizers}.sh
    cat "$root"/tools/tokenizers/*.*
    cat "$root"/tests/golden/{make_gguf.py,requirements-gguf.txt}
    find "$root" -name node_modules -prune -o -name package-lock.json -print | sort | xargs cat
    command -v node emcc || true
    echo "$root ${KINVEC_CHROME:-${CHROME_PATH:-}}"
  } | cksum
}

main() {
  has node || die "Node.js 20 or newer is needed"
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "Node.js 20 or newer is needed, found $(node -v)"
  [ $# -gt 0 ] || set -- build
  if has flock; then
    exec 9>"$stamps/lock"
    flock 9   # two runs at once would share half-made folders
  fi
  local section now
  for section in "$@"; do
    case $section in build | test | docs | lint) ;; *) die "unknown section '$section' (build, test, docs, lint)" ;; esac
    now=$(fingerprint)
    if [ "$(cat "$stamps/$section" 2>/dev/null)" = "$now" ] && [ -f "$KINVEC_CACHE/env.sh" ] &&
      [ -d "$root/node_modules" ]; then
      continue
    fi
    : >"$log"
    "setup_$section"
    write_env
    fingerprint >"$stamps/$section"
  done
}

main "$@"
