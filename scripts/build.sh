#!/usr/bin/env bash
# Installs what is missing and builds the program: .build-release/release/suggest.
source "$(dirname "$0")/prepare.sh"
build_release
echo "Built .build-release/release/suggest"
