#!/usr/bin/env bash
# Trains the weights that comparisons/transfer.yaml begins with, and writes them to comparisons/weights, in two minutes.
# The same processor gives the same bytes; another may differ in the last digits, and its weights are other tasks.
source "$(dirname "$0")/prepare.sh"
[ -n "${SUGGEST_PROGRAM:-}" ] || build_release
suggest=${SUGGEST_PROGRAM:-$PWD/.build-release/release/suggest}
"$suggest" data fetch mnist-5k
folder=comparisons/weights
mkdir -p "$folder"

# Trains a model on a data set; what follows these says how long.
train() {
  local dataset=$1 model=$2
  shift 2
  "$suggest" train --dataset "$dataset" --model "$model" --optimizer adam --lr 0.01 --schedule one-cycle "$@" \
    --save "$folder/$dataset-$model.safetensors"
}

for model in cnn-8-16 cnn-nobn-8-16 resnet8-width4; do
  train fashion-mnist "$model" --epochs 2
done
train mnist-5k cnn-8-16 --epochs 10
