#!/usr/bin/env bash
# Measures the program and prints one Markdown table.
#
#   scripts/bench.sh              every benchmark
#   scripts/bench.sh NAME…        only these
#   scripts/bench.sh --list       what there is
#
# Builds what it measures; set-up as for every script. Progress goes to standard error, the table to standard output.
# The numbers mean something on a machine that does little else: the table's head says how busy it was.
source "$(dirname "$0")/prepare.sh"
install_packages binutils # readelf

case "${1:-}" in
  -h | --help)
    sed -n '2,/^source/{/^#/s/^# \{0,1\}//p}' "scripts/$(basename "$0")"
    exit 0
    ;;
esac

# Builds products of Benchmarks/, optimised, and leaves them in .build-benchmarks/FOLDER/release.
build_benchmarks() {
  local folder=$1
  shift
  swift build -c release --package-path Benchmarks --scratch-path ".build-benchmarks/$folder" "$@"
}

# The shared libraries a program asks for, one a line.
libraries_of() {
  readelf --dynamic --wide "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

# Makes sure that a program loads each of the libraries that are named after it.
require_libraries() {
  local program=$1 loaded
  shift
  loaded=$(libraries_of "$program")
  for library in "$@"; do
    grep -q "^$library" <<<"$loaded" || fail "$program does not load $library, so it is nothing to compare with"
  done
}

static=.build-benchmarks/static/release
dynamic=.build-benchmarks/dynamic/release
{
  build_release
  build_benchmarks static --static-swift-stdlib --product benchmarks
  build_benchmarks static --static-swift-stdlib --product empty-with-essentials
  build_benchmarks dynamic --product empty-with-foundation
} >&2

suggest=.build-release/release/suggest
c_libraries=(libopenblas.so libgsl.so libz.so)
require_libraries "$suggest" "${c_libraries[@]}"
require_libraries "$static/empty-with-essentials" "${c_libraries[@]}"
require_libraries "$dynamic/empty-with-foundation" "${c_libraries[@]}" libswiftCore.so libFoundation.so

SUGGEST_PROGRAM=$suggest \
  EMPTY_WITH_ESSENTIALS_PROGRAM=$static/empty-with-essentials \
  EMPTY_WITH_FOUNDATION_PROGRAM=$dynamic/empty-with-foundation \
  "$static/benchmarks" "$@"
