#!/usr/bin/env bash
# Fills the disk under a comparison and shows that it says so, loses nothing, and goes on once there is room.
#
#   scripts/check-disk-full.sh
#
# Runs comparisons/quick.yaml once undisturbed; once on a disk of half the size that it needs, which is then enlarged; and
# once into a folder that cannot be written. All stores must end with the same records, byte for byte, without what is
# measured. Needs the right to mount; prints "skipped" where there is none.
source "$(dirname "$0")/prepare.sh"
install_packages mount

file=comparisons/quick.yaml
suggest=${SUGGEST_PROGRAM:-}
if [ -z "$suggest" ]; then
  build_release >&2
  suggest=$PWD/.build-release/release/suggest
fi
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
if ! mount -t tmpfs -o size=1m tmpfs "$disk" 2>/dev/null; then
  rm -rf "$work"
  echo "skipped: no right to mount a small disk here"
  exit 0
fi
trap 'umount "$disk"; rm -rf "$work"' EXIT

records() { "$suggest" store records --canonical --store "$1"; }

# Runs the comparison into a store; the exit code goes into $code, what it printed into $work/said.
attempt() {
  code=0
  "$suggest" compare "$file" --store "$1" >"$work/said" 2>&1 || code=$?
}

expect() {
  local code=$1 wanted=$2 what=$3
  [ "$code" = "$wanted" ] || {
    cat "$work/said" >&2
    fail "$what ends with exit code $code, not $wanted"
  }
  echo "$what: exit code $code: $(tail -n 1 "$work/said")"
}

same_records() {
  "$suggest" store check --store "$1" >"$work/check" || {
    cat "$work/check" >&2
    fail "the store is not clean after $2"
  }
  records "$1" >"$work/records"
  cmp -s "$work/whole.jsonl" "$work/records" || fail "the records differ after $2"
  echo "after $2: $(wc -l <"$work/records") records, the same as undisturbed; the store is clean"
}

echo "Undisturbed …" >&2
"$suggest" compare "$file" --store "$work/whole" >/dev/null 2>&1
records "$work/whole" >"$work/whole.jsonl"
needed=$(du -sk "$work/whole" | cut -f 1)

mount -o remount,size=$((needed / 2))k "$disk"
attempt "$disk/runs"
expect "$code" 74 "a full disk"
attempt "$disk/runs"
expect "$code" 74 "the disk is still full"
mount -o remount,size=$((needed * 4))k "$disk"
attempt "$disk/runs"
expect "$code" 0 "with room again"
same_records "$disk/runs" "a full disk"

# Whoever may mount may write anywhere: the mount itself is made read-only.
cp -r "$work/whole" "$disk/again"
rm -f "$disk/again/index.sqlite"
first=$(find "$disk/again/records" -name '*.jsonl' | sort | head -n 1)
head -n 20 "$first" >"$work/kept" && rm "$disk/again/records/"*.jsonl && cp "$work/kept" "$first"
mount -o remount,ro "$disk"
attempt "$disk/again"
expect "$code" 73 "a folder that cannot be written"
mount -o remount,rw "$disk"
attempt "$disk/again"
expect "$code" 0 "with the right to write"
same_records "$disk/again" "a folder that could not be written"
