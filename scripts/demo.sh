#!/usr/bin/env bash
# Installs what is missing, builds, and records the range test of a real network on Fashion-MNIST.
source "$(dirname "$0")/prepare.sh"
build_release
echo
echo "suggest record --dataset fashion-mnist --model cnn --optimizer adam"
SECONDS=0
.build-release/release/suggest record --dataset fashion-mnist --model cnn --optimizer adam --store runs
echo "The run took $SECONDS s. The curve and its picture are in runs/."
