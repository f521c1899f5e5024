"""Writes Tests/ScoringTests/Fixtures/statistics.json: what SciPy, autorank and baycomp say about random and tied inputs.

    python3 -m venv .venv && .venv/bin/pip install -r scripts/golden/statistics-requirements.txt
    .venv/bin/python scripts/golden/statistics.py

The exact p-values with ties or zeros, which SciPy does not give, come from counting all signs by hand here.
"""

import itertools
import json
import pathlib

import autorank
import baycomp
import numpy
import pandas
import scipy
from scipy import stats

random = numpy.random.default_rng(20261124)


def signed_rank(differences):
    differences = numpy.asarray(differences, float)
    case = {"differences": differences.tolist()}
    used = differences[differences != 0]
    ranks = stats.rankdata(abs(differences))[differences != 0]
    if len(used) <= 14:
        observed = min(ranks[used > 0].sum(), ranks[used < 0].sum())
        sums = [sum(r for r, s in zip(ranks, signs) if s) for signs in itertools.product([0, 1], repeat=len(used))]
        case["p"] = min(1.0, 2 * float(numpy.mean(numpy.array(sums) <= observed + 1e-9))) if len(used) else 1.0
        case["method"] = "all signs"
    elif len(set(abs(differences))) == len(differences) and len(used) == len(differences) and len(used) <= 60:
        case["p"] = float(stats.wilcoxon(differences, method="exact").pvalue)
        case["method"] = "scipy exact"
    else:
        case["p"] = float(stats.wilcoxon(differences, zero_method="pratt", correction=False, method="approx").pvalue)
        case["method"] = "scipy approx"
    return case


def friedman(rows):
    rows = numpy.asarray(rows, float)
    units, contestants = rows.shape
    ranks = numpy.apply_along_axis(stats.rankdata, 1, rows)
    if numpy.all(ranks == ranks[0, 0]):
        chi = 0.0
    elif contestants > 2:
        chi = float(stats.friedmanchisquare(*rows.T).statistic)
    else:
        # SciPy wants three columns: the definition itself.
        ties = sum((c**3 - c) for row in rows for c in numpy.unique(row, return_counts=True)[1])
        chi = 12 * units / 6 * ((ranks.mean(0) ** 2).sum() - 2 * 9 / 4) / (1 - ties / (units * 6))
    rest = units * (contestants - 1) - chi
    case = {"rows": rows.tolist(), "meanRanks": ranks.mean(0).tolist(), "chiSquared": chi}
    if rest > 1e-12:
        case["statistic"] = (units - 1) * chi / rest
        case["p"] = float(stats.f.sf(case["statistic"], contestants - 1, (contestants - 1) * (units - 1)))
    return case


def bayes(differences, rope):
    differences = numpy.asarray(differences, float)
    # baycomp subtracts the first from the second.
    test = baycomp.SignedRankTest(numpy.zeros(len(differences)), differences, rope=rope, nsamples=200_000, random_state=1)
    left, within, right = test.probs()
    return {"differences": differences.tolist(), "rope": rope, "below": left, "within": within, "above": right}


def nemenyi(rows):
    units, contestants = rows.shape
    case = {"units": units, "contestants": contestants, "rows": rows.tolist()}
    case["q"] = float(stats.studentized_range.ppf(0.95, contestants, numpy.inf))
    result = autorank.autorank(pandas.DataFrame(rows), order="ascending", force_mode="nonparametric", verbose=False)
    case["criticalDifference"] = float(result.cd)
    # autorank sorts its contestants.
    case["meanRanks"] = [float(result.rankdf.loc[column, "meanrank"]) for column in range(contestants)]
    return case


cases = {"scipy": scipy.__version__, "numpy": numpy.__version__, "signedRank": [], "friedman": [], "holm": [], "bayes": [], "nemenyi": []}
for size in [1, 2, 3, 5, 8, 12, 14, 20, 35, 60, 61, 100, 300]:
    cases["signedRank"].append(signed_rank(random.normal(0.2, 1, size)))
for size in [3, 6, 10, 14, 80, 200]:
    cases["signedRank"].append(signed_rank(random.integers(-2, 4, size)))
    cases["signedRank"].append(signed_rank(numpy.round(random.normal(0.1, 0.5, size), 1)))
cases["signedRank"].append(signed_rank([0, 0, 0, 0]))
for units, contestants in [(2, 2), (5, 2), (4, 3), (8, 5), (14, 12), (40, 24)]:
    cases["friedman"].append(friedman(random.normal(0, 1, (units, contestants)) + numpy.arange(contestants) * 0.1))
    cases["friedman"].append(friedman(random.integers(0, 3, (units, contestants))))
cases["friedman"].append(friedman(numpy.ones((6, 4))))
for size in [1, 2, 5, 20]:
    p = random.uniform(0, 0.2, size)
    # SciPy has no Holm: its definition.
    p[: size // 3] = p[0]
    order = numpy.argsort(p, kind="stable")
    holm = numpy.empty(size)
    holm[order] = numpy.minimum(1, numpy.maximum.accumulate(p[order] * (size - numpy.arange(size))))
    cases["holm"].append({"p": p.tolist(), "adjusted": holm.tolist()})

for size in [3, 8, 14, 30]:
    for shift, rope in [(0.0, 0.01), (0.02, 0.01), (-0.05, 0.02), (0.0, 0.2)]:
        cases["bayes"].append(bayes(random.normal(shift, 0.05, size), rope))
    cases["bayes"].append(bayes(numpy.round(random.normal(0, 0.02, size), 2), 0.01))
for units, contestants in [(6, 3), (10, 5), (20, 8), (14, 21)]:
    cases["nemenyi"].append(nemenyi(random.normal(0, 1, (units, contestants)) + numpy.arange(contestants)))
    cases["nemenyi"].append(nemenyi(random.integers(0, 4, (units, contestants)) + numpy.arange(contestants)))

target = pathlib.Path(__file__).parents[2] / "Tests/ScoringTests/Fixtures/statistics.json"
target.write_text(json.dumps(cases) + "\n")
print(target, {k: len(v) for k, v in cases.items() if isinstance(v, list)})
