#!/usr/bin/env bash
# Writes the report of the shipped outcomes and uses it in headless Chromium, wide and as narrow as a phone: it renders,
# sorts and filters without an error. Usage: scripts/check-report.sh [STORE] [FOLDER-TO-KEEP]
source "$(dirname "$0")/prepare.sh"
(install_packages chromium fonts-dejavu-core) || {
  echo "check-report: skipped, Chromium cannot be had here" >&2
  exit 0
}
program=.build-release/release/suggest
[ -x "$program" ] || build_release
store=${1:-datasets/outcomes/standard}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=${2:-$work/report}

start=$(date +%s.%N)
"$program" report "$store" -o "$folder"
end=$(date +%s.%N)
size=$(stat -c %s "$folder/report.html")
awk -v a="$start" -v b="$end" -v s="$size" 'BEGIN { printf "built in %.1f s, %.1f MB\n", b - a, s / 1e6 }'
[ "$size" -lt 30000000 ] || fail "the report is larger than 30 MB"

# The report with one more script at its end.
python3 - "$folder/report.html" scripts/report/check.js "$work/checked.html" <<'PY'
import sys
page, script, out = sys.argv[1:]
text = open(page, encoding="utf-8").read()
head, tail = text.rsplit("</body>", 1)
open(out, "w", encoding="utf-8").write(head + "<script>" + open(script, encoding="utf-8").read() + "</script></body>" + tail)
PY

for width in 1280 500; do
  chromium --headless --no-sandbox --disable-gpu --window-size=$width,900 --virtual-time-budget=20000 --user-data-dir="$work/profile" \
    --enable-logging=stderr --dump-dom "file://$work/checked.html" >"$work/dom.html" 2>"$work/log"
  if grep -q 'CONSOLE' "$work/log"; then
    grep 'CONSOLE' "$work/log" >&2
    fail "the page wrote to the console"
  fi
  verdict=$(grep -o '<pre id="check">[^<]*' "$work/dom.html" | sed 's/.*>//' || true)
  case "$verdict" in
    fine:*) echo "width $width: $verdict" ;;
    *) fail "width $width: ${verdict:-the check did not run}" ;;
  esac
done
