#!/usr/bin/env bash
# Makes a strategy as the README says, and checks that it is built, tested and listed. Where nothing is uncommitted it does so here,
# with what is built already, and removes the strategy again; else in a copy of this package.
source "$(dirname "$0")/prepare.sh"
if state=$(git status --porcelain) && [ -z "$state" ]; then
  trap 'git checkout -q -- Package.swift; rm -rf Plugins/FirstDropStrategy' EXIT
else
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  git ls-files -z --cached --others --exclude-standard | tar -c --null --files-from=- --ignore-failed-read 2>/dev/null \
    | tar -x -C "$copy"
  cd "$copy"
fi

swift package --allow-writing-to-package-directory new-strategy FirstDrop
swift test --filter FirstDropStrategyTests
swift run suggest strategies first-drop

# The same name again, and a name that is none, are refused and change nothing.
for name in FirstDrop first-drop; do
  before=$(cksum Package.swift)
  if swift package --allow-writing-to-package-directory new-strategy "$name" 2>.build/message; then
    fail "new-strategy $name should have been refused"
  fi
  grep -q 'error:' .build/message || fail "new-strategy $name was refused without a reason"
  [ "$before" = "$(cksum Package.swift)" ] || fail "new-strategy $name changed Package.swift"
done
echo "A new strategy is built, tested and listed."
