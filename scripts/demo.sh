#!/usr/bin/env bash
# Installs what is missing, builds, and records the range test of a real network on Fashion-MNIST.
source "$(dirname "$0")/prepare.sh"
build_release
echo
echo "suggest record --dataset fashion-mnist --model cnn --optimizer adam"
SECONDS=0
.build-release/release/suggest record --dataset fashion-mnist --model cnn --optimizer adam --store runs
ls -t runs/figures/*.svg >/dev/null 2>&1 || fail "the run drew no picture into runs/figures"
echo "The run took $SECONDS s. The curve and its picture are in runs/."
