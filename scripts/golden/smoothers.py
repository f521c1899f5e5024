#!/usr/bin/env python3
"""Writes Tests/Fixtures/smoothing/*.json: what NumPy and SciPy make of the losses our smoothers are tested on.

An independent twin of Sources/CurveSmoothing: SciPy's own filters where the definition is the same, and elsewhere the
definition written down directly (least squares by numpy.linalg.lstsq, splines by scipy.interpolate.BSpline). Where SciPy
shares only the inside of a curve with us, the script checks that inside against SciPy before it writes.
Needs NumPy and SciPy. Run from anywhere: scripts/golden/smoothers.py
"""
import json
import pathlib

import numpy as np
from scipy import interpolate, ndimage, signal

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "smoothing"


def curves():
    """Named curves: log10 rates and losses."""
    random = np.random.default_rng(20261123)
    even = np.linspace(-7, 1, 100, endpoint=False)
    loss = 0.3 + 2 / (1 + np.exp(2.5 * (even + 3))) + np.where(even > -1, 3 * (even + 1) ** 4, 0)
    yield "even-100", even, loss + 0.05 * random.standard_normal(100)
    spiky = loss.copy()
    spiky[[0, 17, 18, 60, 99]] += [3, 4, 5, -2, 6]
    yield "spikes-100", even, spiky + 0.02 * random.standard_normal(100)
    # A linear schedule from 1e-3 to 1, evenly spaced in the rate.
    linear = np.log10(np.linspace(1e-3, 1, 60))
    yield "linear-schedule-60", linear, 3 - linear**2 + 0.1 * random.standard_normal(60)
    random_spacing = np.cumsum(random.uniform(0.02, 0.2, 41)) - 6
    yield "random-spacing-41", random_spacing, np.sin(2 * random_spacing) + 1e3 + 0.1 * random.standard_normal(41)
    yield "short-12", even[:12], loss[:12] + 0.1 * random.standard_normal(12)
    yield "short-7", even[:7], loss[:7] + 0.1 * random.standard_normal(7)


def windows(losses, length):
    half = length // 2
    return [losses[max(0, i - half):i + half + 1] for i in range(len(losses))]


def median(x, y, length):
    values = np.array([np.median(window) for window in windows(y, length)])
    if len(y) > length:
        inside = slice(length // 2, -(length // 2))
        assert np.array_equal(values[inside], ndimage.median_filter(y, length)[inside])
    return values, np.gradient(values, x)


def hampel(x, y, length, threshold):
    values = y.copy()
    for i, window in enumerate(windows(y, length)):
        centre = np.median(window)
        deviation = 1.482602218505602 * np.median(np.abs(window - centre))
        if abs(y[i] - centre) > threshold * deviation:
            values[i] = centre
    return values, np.gradient(values, x)


def savitzky_golay(x, y, length, degree):
    filtered = [signal.savgol_filter(series, length, degree, deriv=deriv, mode="interp")
                for series, deriv in [(y, 0), (y, 1), (x, 1)]]
    return filtered[0], filtered[1] / filtered[2]


def local_lines(x, y, sigma):
    reach = int(np.ceil(3 * sigma))
    values, slopes = np.empty(len(y)), np.empty(len(y))
    for i in range(len(y)):
        j = np.arange(max(0, i - reach), min(len(y), i + reach + 1))
        root = np.exp(-((j - i) / sigma) ** 2 / 4)
        design = np.stack([np.ones(len(j)), x[j] - x[i]], axis=1)
        (values[i], slopes[i]), *_ = np.linalg.lstsq(design * root[:, None], y[j] * root, rcond=None)
    return values, slopes


def gaussian(x, y, sigma, twicing):
    values, slopes = local_lines(x, y, sigma)
    reach = int(np.ceil(3 * sigma))
    if np.ptp(np.diff(x)) < 1e-12 and len(x) > 2 * reach:
        inside = slice(reach, len(x) - reach)
        scipy = ndimage.gaussian_filter1d(y, sigma, radius=reach)
        assert np.allclose(values[inside], scipy[inside], rtol=1e-10, atol=0)
    if twicing:
        # The slopes stay those of the first pass.
        values = values + local_lines(x, y - values, sigma)[0]
    return values, slopes


def spline(x, y, coefficients):
    count = min(coefficients, len(x) - 1)
    breaks = np.interp(np.linspace(0, len(x) - 1, count - 2), np.arange(len(x)), x)
    knots = np.concatenate([[breaks[0]] * 3, breaks, [breaks[-1]] * 3])
    basis = interpolate.BSpline.design_matrix(x, knots, 3).toarray()
    curvature = np.stack(
        [interpolate.BSpline(knots, row, 3).derivative(2).c[:count - 2] for row in np.eye(count)], axis=1)
    gram, penalty = basis.T @ basis, curvature.T @ curvature
    unit = np.trace(gram) / np.trace(penalty)
    # The losses' level is fitted exactly by any spline; without it the sums below lose no digits.
    centred = y - y[len(y) // 2]
    best = None
    for exponent in np.arange(-6, 6.25, 0.5):
        hat = basis @ np.linalg.solve(gram + unit * 10**exponent * penalty, basis.T)
        remaining = len(y) - np.trace(hat)
        if remaining <= 0:
            continue
        score = np.sum((centred - hat @ centred) ** 2) / remaining**2
        if best is None or score < best[0]:
            best = score, exponent
    fit = np.linalg.solve(gram + unit * 10 ** best[1] * penalty, basis.T @ centred)
    curve = interpolate.BSpline(knots, fit, 3)
    return curve(x) + y[len(y) // 2], curve.derivative()(x)


def first_loss_average(x, y, beta):
    """pytorch-lr-finder 0.2 (torch_lr_finder/lr_finder.py), whose smooth_f is 1 - beta."""
    values = []
    for loss in y:
        values.append((1 - beta) * loss + beta * values[-1] if values else loss)
    return np.array(values), np.gradient(values, x)


def one_ahead_average(x, y, beta):
    """Lightning 2 (lightning/pytorch/tuner/lr_finder.py): its step count is already one ahead."""
    average, values = 0.0, []
    for step, loss in enumerate(y, 1):
        average = beta * average + (1 - beta) * loss
        values.append(average / (1 - beta ** (step + 1)))
    return np.array(values), np.gradient(values, x)


def by_index(x, y):
    return y, np.gradient(y)


def by_rate(x, y):
    return y, np.gradient(y, x)


CASES = {
    "median": (median, [dict(length=3), dict(length=5), dict(length=11)]),
    "hampel": (hampel, [dict(length=7, threshold=3), dict(length=5, threshold=0), dict(length=15, threshold=4)]),
    "savitzky-golay": (
        savitzky_golay, [dict(length=11, degree=2), dict(length=5, degree=1), dict(length=7, degree=5), dict(length=21, degree=3)]),
    "gaussian": (
        gaussian,
        [dict(sigma=1.5, twicing=False), dict(sigma=3, twicing=True), dict(sigma=6.25, twicing=False), dict(sigma=0.5, twicing=True)]),
    "spline": (spline, [dict(coefficients=40), dict(coefficients=12), dict(coefficients=4)]),
    "first-loss-average": (first_loss_average, [dict(beta=0.95), dict(beta=0.0), dict(beta=0.5)]),
    "one-ahead-average": (one_ahead_average, [dict(beta=0.98), dict(beta=0.9)]),
    "gradient-by-index": (by_index, [dict()]),
    "gradient-by-rate": (by_rate, [dict()]),
}


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, (smooth, settings) in CASES.items():
        cases = []
        for curve, x, y in curves():
            for setting in settings:
                if name == "savitzky-golay" and setting["length"] > len(x):
                    continue
                values, slopes = smooth(x, y, **setting)
                cases.append(dict(curve=curve, **setting, log10Rates=list(x), losses=list(y), values=list(values), slopes=list(slopes)))
        text = "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n"
        (OUTPUT / f"{name}.json").write_text(text)


if __name__ == "__main__":
    main()
