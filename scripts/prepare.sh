# Sourced by the other scripts: goes to the package's folder and installs what it needs from Debian.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Says one line and ends.
fail() {
  echo "$(basename "$0"): $1" >&2
  exit 69
}

# Installs the Debian packages that are missing; does nothing if all are there.
install_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "install these first, there is no apt-get: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "run as root or install these first, there is no sudo: ${missing[*]}"
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]} …" >&2
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# Makes sure that the Swift toolchain is there and new enough.
require_swift() {
  command -v swift >/dev/null || fail "there is no swift in PATH: install a Swift 6.3 toolchain from swift.org/install"
  local version
  version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' || true)
  case "$version" in
    6.[3-9] | 6.[1-9][0-9] | [7-9].* | [1-9][0-9].*) ;;
    *) fail "Swift 6.3 or newer is needed, this is ${version:-unknown}: install one from swift.org/install" ;;
  esac
}

# Builds the program as it is shipped: optimised, with the Swift runtime inside.
build_release() {
  swift build -c release --static-swift-stdlib --product suggest --scratch-path .build-release
}

require_swift
install_packages libopenblas-dev libgsl-dev libjpeg-dev zlib1g-dev libmd-dev libsqlite3-dev gnuplot-nox dataset-fashion-mnist
