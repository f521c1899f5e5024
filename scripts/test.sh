#!/usr/bin/env bash
# Installs what is missing, checks the style, builds everything with warnings as errors, and runs every test.
source "$(dirname "$0")/prepare.sh"

swift format lint --strict --recursive Package.swift Sources Plugins Tests Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Tests
# The kernels must also compile where there are no x86 instructions.
install_packages libc6-dev-arm64-cross
for file in Sources/CKernels/*.c; do
  clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -fsyntax-only -ISources/CKernels/include "$file"
done

# The release program first: some tests run it as a user would.
build_release
scripts/weights.sh
SUGGEST_PROGRAM="$PWD/.build-release/release/suggest" swift test "$@"
[ $# -eq 0 ] || exit 0

# What no test inside the package can do: the scripts of the README, a package with one more strategy, the report in a browser,
# notebooks in Python, and whether the benchmarks measure what they say. Notebooks keep one core busy for minutes, so they run
# beside the rest; what installs packages must not, because apt does one thing at a time.
scripts/demo.sh
scripts/check-report.sh
notebooks=$(mktemp)
scripts/check-notebooks.sh >"$notebooks" 2>&1 &
beside=$!
trap 'kill "$beside" 2>/dev/null || true; rm -f "$notebooks"' EXIT
swift test --package-path Benchmarks --scratch-path .build-benchmarks/tests
scripts/docs.sh
# It changes Package.swift for a while, so it has the package to itself.
wait "$beside" || {
  cat "$notebooks" >&2
  exit 1
}
cat "$notebooks"
scripts/check-new-strategy.sh
