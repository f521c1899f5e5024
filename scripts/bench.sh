#!/usr/bin/env bash
# Measures the program and prints one Markdown table.
#
#   scripts/bench.sh              every benchmark
#   scripts/bench.sh NAME…        only these
#   scripts/bench.sh --quick …    fewer runs of each: a look in a few minutes instead of steady numbers
#   scripts/bench.sh --list       what there is
#
# The benchmark "training" compares with PyTorch, which is installed in an environment of its own under
# .build-benchmarks (about 800 MB); where that fails it says so and measures our side alone. The benchmark "checkpoints"
# has its files written there, and is left out without it; without the package safetensors it has no such file.
#
# The benchmark "pictures" compares with Pillow, in an environment of its own too, on the photographs in the folder that
# PHOTOGRAPHS names; without photographs it is left out.
#
# The benchmark "compare" trains comparisons/quick.yaml several times with one worker and with two; --quick, 120 of its
# runs once. The variable SUGGEST_PROGRAM names a program to measure in place of the one that is built.
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

# Makes an environment of Python, unless the module works there already, and installs in it what pip is given.
install_python_packages() {
  local environment=$1 module=$2
  shift 2
  ! "$environment/bin/python" -c "import $module" 2>/dev/null || return 0
  echo "Installing $module in $environment …" >&2
  rm -rf "$environment"
  # Debian's Python cannot make an environment without this package; other Pythons can.
  { command -v python3 && python3 -c 'import ensurepip'; } >/dev/null 2>&1 || (install_packages python3 python3-venv) || return 1
  python3 -m venv "$environment" >&2 || return 1
  local pip=("$environment/bin/pip" install --quiet --disable-pip-version-check)
  "${pip[@]}" "$@" >&2 || "${pip[@]}" "$module" >&2 || return 1
  "$environment/bin/python" -c "import $module" 2>/dev/null
}

# PyTorch in an environment of its own; fails without ending the script.
install_pytorch() { install_python_packages "$1" torch "torch==2.13.0+cpu"; }

# Adds safetensors to PyTorch's environment.
add_safetensors() {
  ! "$1/bin/python" -c "import safetensors.torch" 2>/dev/null || return 0
  "$1/bin/pip" install --quiet --disable-pip-version-check safetensors==0.8.0 numpy >&2
}

# Pillow and NumPy in an environment of their own; fails without ending the script.
install_pillow() { install_python_packages "$1" PIL pillow==13.0.0 numpy; }

# Whether a benchmark is among the arguments, or all are because none is named.
is_chosen() {
  local benchmark=$1 named=false
  shift
  for argument in "$@"; do
    [ "$argument" != "$benchmark" ] || return 0
    [ "$argument" != --list ] || return 1
    [[ "$argument" == -* ]] || named=true
  done
  [ "$named" = false ]
}

static=.build-benchmarks/static/release
dynamic=.build-benchmarks/dynamic/release
{
  [ -n "${SUGGEST_PROGRAM:-}" ] || build_release
  build_benchmarks static --static-swift-stdlib --product benchmarks
  build_benchmarks static --static-swift-stdlib --product training-steps
  build_benchmarks static --static-swift-stdlib --product empty-with-essentials
  build_benchmarks dynamic --product empty-with-foundation
} >&2

suggest=${SUGGEST_PROGRAM:-.build-release/release/suggest}
c_libraries=(libopenblas.so libgsl.so libjpeg.so libz.so)
require_libraries "$suggest" "${c_libraries[@]}"
require_libraries "$static/empty-with-essentials" "${c_libraries[@]}"
require_libraries "$static/training-steps" libopenblas.so
require_libraries "$dynamic/empty-with-foundation" "${c_libraries[@]}" libswiftCore.so libFoundation.so

pytorch=.build-benchmarks/pytorch
python=
if is_chosen training "$@" || is_chosen checkpoints "$@"; then
  if install_pytorch "$pytorch"; then
    python=$pytorch/bin/python
  else
    echo "$(basename "$0"): PyTorch cannot be installed in $pytorch, so its lines will be missing" >&2
  fi
fi

if [ -n "$python" ] && is_chosen checkpoints "$@"; then
  add_safetensors "$pytorch" ||
    echo "$(basename "$0"): safetensors cannot be installed in $pytorch, so the lines of such files will be missing" >&2
fi

pillow=.build-benchmarks/pillow
pillow_python=
if is_chosen pictures "$@"; then
  if install_pillow "$pillow"; then
    pillow_python=$pillow/bin/python
  else
    echo "$(basename "$0"): Pillow cannot be installed in $pillow, so its lines will be missing" >&2
  fi
fi

SUGGEST_PROGRAM=$suggest \
  EMPTY_WITH_ESSENTIALS_PROGRAM=$static/empty-with-essentials \
  EMPTY_WITH_FOUNDATION_PROGRAM=$dynamic/empty-with-foundation \
  TRAINING_STEPS_PROGRAM=$static/training-steps \
  PYTORCH_PROGRAM=$python \
  PILLOW_PROGRAM=$pillow_python \
  PHOTOGRAPHS=${PHOTOGRAPHS:-../shared/datasets/oxford-pets-sample} \
  "$static/benchmarks" "$@"
