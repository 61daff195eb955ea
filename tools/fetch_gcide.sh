#!/usr/bin/env bash
# Brings the Collaborative International Dictionary of English as a text to train word vectors on, a sentence or definition on
# each line, into ${KINVEC_CACHE}/texts/gcide.txt (15 MB), and as it is into gcide.dict.dz beside it, for tools/lib/gcide_texts.mjs.
# The dictionary is Debian's package dict-gcide (GPL, 15 MB), which apt downloads without installing it; only development texts are
# made of it. Does nothing when both are there.
set -euo pipefail

readonly package="dict-gcide"
readonly dictionary_sha256="3e6b2cdcbc1b3664c2f1466e3c8e44012e815c4c67fa83fa61f39777cd6e8517"
readonly cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
readonly target="$cache/texts/gcide.txt"
readonly kept="$cache/texts/gcide.dict.dz"
tools="$(cd "$(dirname "$0")" && pwd)"
readonly tools

if [[ -f "$target" && -f "$kept" ]]; then
  echo "$target"
  exit 0
fi
mkdir -p "$cache/texts"
work="$(mktemp -d "$cache/texts/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

echo "fetch_gcide: downloading $package (15 MB)" >&2
(cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$package")
dpkg-deb --extract "$work"/"$package"_*.deb "$work/files"
dictionary="$work/files/usr/share/dictd/gcide.dict.dz"
if ! sha256sum --check --status <<<"$dictionary_sha256  $dictionary"; then
  echo "fetch_gcide: $package does not have the expected dictionary" >&2
  exit 1
fi
gzip --decompress --stdout "$dictionary" | node "$tools/lib/dictionary_sentences.mjs" >"$work/gcide.txt"
# Moved into place, each in one step, so that an interrupted run never leaves half a text.
mv "$dictionary" "$kept"
mv "$work/gcide.txt" "$target"
echo "$target"
