#!/usr/bin/env bash
# Builds the documentation of the public modules into .build-docs; a broken link is an error.
source "$(dirname "$0")/prepare.sh"
export SUGGEST_DOCS=1
for module in CurveModel CurveSmoothing StrategyKit StrategyTesting; do
  swift package --scratch-path .build-docs --allow-writing-to-directory .build-docs \
    generate-documentation --target "$module" --warnings-as-errors --output-path ".build-docs/$module.doccarchive"
done
echo "Documentation in .build-docs/*.doccarchive"
