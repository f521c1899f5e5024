#!/usr/bin/env bash
# Runs notebooks again in a Python environment of their own (pinned), and compares what they print with what they came with:
# the notebooks that the program writes now, which must be those in notebooks-exported/; that of a small workflow; and those in
# notebooks-exported/ that are of workflows.
source "$(dirname "$0")/prepare.sh"
program=.build-release/release/suggest
[ -x "$program" ] || build_release
skip() {
  echo "check-notebooks: skipped, $1" >&2
  exit 0
}
environment=.build-notebooks
requirements=scripts/report/notebook-requirements.txt
if ! cmp -s "$requirements" "$environment/installed.txt"; then
  python3 -c 'import ensurepip' 2>/dev/null || (install_packages python3 python3-venv) || skip "there is no Python"
  python3 -m venv "$environment" >&2 || skip "no virtual environment can be made"
  "$environment/bin/pip" install --quiet -r "$requirements" >&2 || skip "pip could not install $requirements"
  cp "$requirements" "$environment/installed.txt"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
outcomes=(datasets/outcomes/standard datasets/outcomes/further)
"$program" export notebook "${outcomes[@]}" -o "$work/standard" >/dev/null
"$program" export notebook --learning "${outcomes[@]}" datasets/outcomes/{range-test,further}-lengths \
  --range-test '100 steps' -o "$work/standard" >/dev/null
"$environment/bin/python" scripts/report/check-notebooks.py "$work/standard"
"$program" workflow run workflows/digits.yaml -o "$work/digits" >/dev/null 2>&1
"$program" workflow notebook "$work/digits" -o "$work/workflow" >/dev/null
"$environment/bin/python" scripts/report/check-notebooks.py "$work/workflow"
# The text alone: the last digits of a table may differ from one kind of processor to another.
cp -r notebooks-exported "$work/others"
for file in "$work"/standard/*.md; do
  name=$(basename "$file" .md)
  cmp "notebooks-exported/$name.md" "$file" || fail "notebooks-exported/$name.md is not what the program writes: export it again"
  rm "$work/others/$name.ipynb"
done
# Those of workflows: with photographs and weights that are not here, so that they are not written again but run.
if compgen -G "$work/others/*.ipynb" >/dev/null; then
  "$environment/bin/python" scripts/report/check-notebooks.py "$work/others"
fi
