#!/usr/bin/env bash
# Makes the files that the import tests compare with: all-MiniLM-L6-v2 as F32 and Q8_0 GGUF in llama.cpp's layout,
# written by the reference `gguf` Python package into ${KINVEC_CACHE}/gguf. Does nothing when they are there.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
golden="$root/tests/golden"
target="$cache/gguf"
venv="$cache/venv-gguf"

# The recipe and its pinned packages decide what the files hold.
recipe="$(cat "$golden/make_gguf.py" "$golden/requirements-gguf.txt" | sha256sum | cut -d' ' -f1)"
if [[ "$(cat "$target/recipe" 2>/dev/null)" == "$recipe" ]]; then
  exit 0
fi

"$root/tools/fetch_weights.sh"
if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo "make_reference_gguf: needs python3 with venv (Debian: apt-get install python3-venv)" >&2
  exit 1
fi
python3 -m venv --clear "$venv"
# The package's optional parts (a command line, a hub client) are not needed, so their dependencies are left out.
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps \
  --requirement "$golden/requirements-gguf.txt"

mkdir -p "$target"
rm -f "$target/recipe"
for type in F32 Q8_0; do
  echo "make_reference_gguf: all-MiniLM-L6-v2.$type.gguf"
  "$venv/bin/python" "$golden/make_gguf.py" "$cache/weights/all-MiniLM-L6-v2" \
    "$target/all-MiniLM-L6-v2.$type.gguf" "$type"
done
echo "$recipe" >"$target/recipe"
