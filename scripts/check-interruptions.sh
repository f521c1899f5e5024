#!/usr/bin/env bash
# Kills a comparison again and again and shows that nothing is lost, repeated or changed.
#
#   scripts/check-interruptions.sh              20 kills of everything at once and 20 of single workers
#   scripts/check-interruptions.sh --kills 3    fewer
#   scripts/check-interruptions.sh --file F     another comparison than comparisons/quick.yaml
#
# Runs the comparison once undisturbed, and once more while it is killed with SIGKILL at random moments and begun again:
# all processes at once, or one worker alone. In the end both stores must hold the same records, byte for byte, without
# what is measured. Prints how many kills hit something at work.
source "$(dirname "$0")/prepare.sh"
install_packages procps util-linux # pkill, setsid

kills=20
file=comparisons/quick.yaml
while [ $# -gt 0 ]; do
  case "$1" in
    --kills) kills=$2 && shift 2 ;;
    --file) file=$2 && shift 2 ;;
    -h | --help) sed -n '2,/^source/{/^#/s/^# \{0,1\}//p}' "$0" && exit 0 ;;
    *) echo "$(basename "$0"): $1 is no option; see --help" >&2 && exit 64 ;;
  esac
done

suggest=${SUGGEST_PROGRAM:-}
if [ -z "$suggest" ]; then
  build_release >&2
  suggest=$PWD/.build-release/release/suggest
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

records() { "$suggest" store records --canonical --store "$1"; }

echo "Undisturbed …" >&2
start=$(date +%s%N)
"$suggest" compare "$file" --store "$work/whole" >/dev/null 2>&1
milliseconds=$((($(date +%s%N) - start) / 1000000))
records "$work/whole" >"$work/whole.jsonl"
# Spread over the time that a run has between two kills, so that all of them hit.
span=$((milliseconds / (kills + 1) + 1))

# Begins the comparison in a process group of its own and kills at a random moment: all of the group, or one worker.
disturb() {
  local store=$1 whom=$2 group victim
  setsid "$suggest" compare "$file" --store "$store" >/dev/null 2>&1 &
  group=$!
  sleep "$(awk -v most="$span" -v seed="$RANDOM" 'BEGIN { srand(seed); print (0.05 + rand() * most / 1000) }')"
  if [ "$whom" = group ]; then
    kill -0 "$group" 2>/dev/null && hits=$((hits + 1))
    kill -9 -- "-$group" 2>/dev/null || true
    wait "$group" 2>/dev/null || true
  else
    while kill -0 "$group" 2>/dev/null; do
      victim=$(pgrep --parent "$group" | shuf -n 1 || true)
      if [ -n "$victim" ] && kill -9 "$victim" 2>/dev/null; then
        hits=$((hits + 1))
        workers=$((workers - 1))
      fi
      [ "$workers" -gt 0 ] || break
      sleep "$(awk -v most="$span" -v seed="$RANDOM" 'BEGIN { srand(seed); print (0.05 + rand() * most / 1000) }')"
    done
    wait "$group" || true
  fi
}

compare_with_whole() {
  local store=$1 name=$2
  until "$suggest" compare "$file" --store "$store" >/dev/null 2>&1; do
    [ $? = 75 ] || fail "the comparison does not resume after kills of $name"
  done
  "$suggest" store check --store "$store" >"$work/check.txt" || {
    cat "$work/check.txt" >&2
    fail "the store is not clean after kills of $name"
  }
  records "$store" >"$work/again.jsonl"
  cmp -s "$work/whole.jsonl" "$work/again.jsonl" || fail "the records differ after kills of $name"
  echo "$name: killed $hits times at work; $(wc -l <"$work/again.jsonl") records, the same as undisturbed; the store is clean"
}

hits=0
for _ in $(seq "$kills"); do disturb "$work/groups" group; done
compare_with_whole "$work/groups" "all processes"

hits=0
workers=$kills
disturb "$work/workers" worker
compare_with_whole "$work/workers" "single workers"
