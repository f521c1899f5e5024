#!/usr/bin/env bash
# Simulates how often the intervals of scores hold the truth, and how often chance alone finds a difference.
#
#   scripts/check-coverage.sh         2000 repeats of every case, about ten minutes
#   scripts/check-coverage.sh 500     fewer
#
# Prints the table of docs/statistics.md; ends with 1 where a case leaves its bounds.
source "$(dirname "$0")/prepare.sh"

SUGGEST_COVERAGE_REPEATS=${1:-2000} swift test --filter CoverageTests 2>&1 | grep -E "^\\||✘|error:|Test run with"
