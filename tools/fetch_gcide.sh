#!/usr/bin/env bash
# Brings the GNU dictionary GCIDE (GPL-2+), the general text that the evaluation trains word vectors on, into
# ${KINVEC_CACHE}/texts/gcide. It comes from Debian's archive by the ordinary client (15 MB), pinned by hash; Debian or
# a system with its archive is needed. Does nothing when all is there.
set -euo pipefail

readonly package="dict-gcide=0.48.5+nmu2"
readonly package_sha256="7b0af5cfde3cbdef5e9d6e78f92ec335ced7c2790f37a40f49bebc6f7347ac0f"
readonly cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
readonly target="$cache/texts/gcide"

if [[ -f "$target/gcide.dict.dz" ]]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "fetch_gcide: needs apt-get, to download $package" >&2
  exit 1
fi
mkdir -p "$cache/texts"
work="$(mktemp -d "$cache/texts/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

echo "fetch_gcide: downloading $package (15 MB)"
(cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$package")
if ! sha256sum --check --status <<<"$package_sha256  $(echo "$work"/*.deb)"; then
  echo "fetch_gcide: $package does not have the expected hash" >&2
  exit 1
fi
dpkg-deb -x "$work"/*.deb "$work/package"
# Moved into place in one step, so that an interrupted run never leaves half a folder.
rm -rf "$target"
mv "$work/package/usr/share/dictd" "$target"
echo "fetch_gcide: $target"
