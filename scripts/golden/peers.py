#!/usr/bin/env python3
"""Writes Tests/Fixtures/peers/*.json: what the upstream rules answer on Tests/Fixtures/curves, by NumPy.

It first writes Tests/Fixtures/peers/curves: *.json, synthetic raw recordings on which every stop rule ends elsewhere,
and *.jsonl, recordings that end at a loss which is not finite. For the latter a rule is fed what its program would have
gone on to record: the rest of the schedule, with losses that are NaN.

An independent twin of the strategies under Plugins/: every rule is written here the way its project writes it, with
NumPy's gradient, argmin and convolve, Python's slices and upstream's quadratic valley, so that a mistake of the Swift
code does not repeat itself. Needs NumPy only. Run from anywhere: scripts/golden/peers.py
"""
import json
import math
import pathlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
CURVES = ROOT / "Tests" / "Fixtures" / "curves"
ANSWERS = ROOT / "Tests" / "Fixtures" / "peers"
np.seterr(all="ignore")


class UpstreamRaises(Exception):
    """Upstream raises an error or returns nothing."""


# Recording: smoothing and stop rule of each project, on raw losses.

def fastai2(losses, rates):
    kept, best, value, count = [], np.float32(math.inf), np.float32(0), 0
    for loss in losses:
        count += 1
        # torch.lerp is a fused multiply-add: the product is exact in double precision, and the sum is rounded once.
        change = float(np.float32(0.98) - np.float32(1)) * float(value - np.float32(loss))
        value = np.float32(float(value) + change)
        smooth = np.float32(value / np.float32(1 - 0.98**count))
        if smooth < best:
            best = smooth
        kept.append(float(smooth))
        if smooth > 4 * best:
            break
    return kept


def fastai1(losses, rates):
    kept, best, average, count = [], 0.0, np.float32(0), 0
    for loss in losses:
        count += 1
        average = np.float32(0.98) * average + np.float32(1 - 0.98) * np.float32(loss)
        smooth = np.float32(average / np.float32(1 - 0.98**count))
        if count == 1 or smooth < best:
            best = smooth
        kept.append(float(smooth))
        if smooth > 4 * best or np.isnan(smooth):
            break
    return kept


def first_loss(losses, rates):
    """pytorch-lr-finder, Ignite, MONAI."""
    kept, best = [], None
    for iteration, loss in enumerate(losses):
        if iteration == 0:
            best = loss
        else:
            loss = 0.05 * loss + (1 - 0.05) * kept[-1]
            if loss < best:
                best = loss
        kept.append(loss)
        if loss > 5 * best:
            break
    return kept


def lightning(losses, rates, threshold=4.0):
    kept, best, average = [], 0.0, 0.0
    for index, loss in enumerate(losses):
        step = index + 1
        average = 0.98 * average + (1 - 0.98) * loss
        smooth = average / (1 - 0.98 ** (step + 1))
        stop = threshold is not None and step > 1 and smooth > threshold * best
        if smooth < best or step == 1:
            best = smooth
        kept.append(smooth)
        if stop:
            break
    return kept


def lightning_without_stop(losses, rates):
    return lightning(losses, rates, None)


def ktrain(losses, rates):
    kept, best, average = [], 1e9, 0.0
    for index, loss in enumerate(losses):
        average = 0.98 * average + (1 - 0.98) * loss
        smooth = average / (1 - 0.98 ** (index + 1))
        kept.append(smooth)
        if index > 0 and smooth > 4 * best:
            break
        if smooth < best or index == 0:
            best = smooth
        if index + 1 < len(rates) and rates[index + 1] > 10:
            break
    return kept


def faceswap(losses, rates):
    kept, best, average = [], 1e9, 0.0
    for index, loss in enumerate(losses):
        if math.isnan(loss):
            break
        average = 0.98 * average + (1 - 0.98) * loss
        smooth = average / (1 - 0.98 ** (index + 1))
        kept.append(smooth)
        if index > 0 and smooth > 4 * best:
            break
        if smooth < best or index == 0:
            best = smooth
    return kept


def dataiku(losses, rates):
    kept, best, average = [], 0.0, 0.0
    for index, loss in enumerate(losses):
        average = 0.98 * average + (1 - 0.98) * loss
        smooth = average / (1 - 0.98 ** (index + 1))
        if index == 0 or smooth < best:
            best = smooth
        kept.append(smooth)
        if smooth > best * (-20 * 0.98 / 3 + 10):
            break
    return kept


def keras(losses, rates):
    kept, best = [], 1e9
    for batch, loss in enumerate(losses):
        kept.append(loss)
        if batch > 5 and (math.isnan(loss) or loss > best * 4):
            break
        if loss < best:
            best = loss
    return kept


def julia(losses, rates):
    kept, best = [], math.inf
    for loss in losses:
        kept.append(loss)
        best = math.nan if math.isnan(loss) or math.isnan(best) else min(loss, best)
        if loss > best * 4:
            break
    return kept


# Rules: (rates, losses, requested, settings) -> (rate, index of the dot in the whole list[, lower end of the range]).

def valley_index(losses):
    n = len(losses)
    max_start = max_end = 0
    lengths = [1] * n
    for i in range(1, n):
        for j in range(i):
            if losses[i] < losses[j] and lengths[i] < lengths[j] + 1:
                lengths[i] = lengths[j] + 1
            if lengths[max_end] < lengths[i]:
                max_end = i
                max_start = max_end - lengths[max_end]
    sections = (max_end - max_start) / 3
    return max_start + int(sections) + int(sections / 2)


def fastai_window(rates, losses, requested):
    start = requested // 10
    lrs = np.array(rates[start:-5], dtype=np.float32)
    values = np.array(losses[start:-5], dtype=np.float32)
    if np.isnan(values).any():
        cut = int(np.isnan(values).argmax())
        lrs, values = lrs[:cut], values[:cut]
    return start, lrs, values


def fastai_minimum(rates, losses, requested, settings):
    start, lrs, values = fastai_window(rates, losses, requested)
    index = int(values.argmin())
    return float(lrs[index]) / 10, start + index


def fastai_steep(rates, losses, requested, settings):
    start, lrs, values = fastai_window(rates, losses, requested)
    index = int(((values[1:] - values[:-1]) / (np.log(lrs[1:]) - np.log(lrs[:-1]))).argmin())
    return float(lrs[index]), start + index


def fastai_valley(rates, losses, requested, settings):
    start, lrs, values = fastai_window(rates, losses, requested)
    index = valley_index(values)
    return float(lrs[index]), start + index % len(lrs)


def fastai_slide(rates, losses, requested, settings):
    start, lrs, values = fastai_window(rates, losses, requested)
    slopes = np.gradient(values)
    right, distance = -1, int(settings.get("lr-diff", 15))
    left = right - distance
    found, place = lrs[left], left
    while left >= -len(values) and abs(slopes[right] - slopes[left]) > np.float32(settings.get("threshold", 0.005)):
        found, place = lrs[left], left
        right -= 1
        left -= 1
    return float(found) * float(settings.get("adjust", 1)), start + len(lrs) + place


def fastai_1_gradient(rates, losses, requested, settings):
    index = int(np.gradient(np.array(losses[10:-5])).argmin())
    return rates[10:-5][index], 10 + index


def torch_lr_finder(rates, losses, requested, settings):
    start, end = int(settings.get("skip-start", 10)), int(settings.get("skip-end", 5))
    if len(rates) < start + end + 2:
        raise UpstreamRaises
    window = losses[start:] if end == 0 else losses[start:-end]
    index = start + int(np.gradient(np.array(window)).argmin())
    return rates[index], index


def torch_gradient(values, coordinates):
    """torch.gradient(values, spacing=[coordinates]) in single precision."""
    result = np.empty_like(values)
    dx = np.diff(coordinates)
    result[0] = (values[1] - values[0]) / dx[0]
    result[-1] = (values[-1] - values[-2]) / dx[-1]
    a, b = dx[:-1], dx[1:]
    result[1:-1] = (
        -b / (a * (a + b)) * values[:-2] + (b - a) / (a * b) * values[1:-1] + a / (b * (a + b)) * values[2:])
    return result


def lightning_rule(rates, losses, requested, settings):
    skip = slice(int(settings.get("skip-begin", 10)), -int(settings.get("skip-end", 1)))
    values = np.array(losses, dtype=np.float32)[skip]
    finite = np.isfinite(values)
    if finite.sum() < 2:
        raise UpstreamRaises
    gradient = torch_gradient(values[finite], np.array(rates, dtype=np.float32)[skip][finite])
    index = int(np.arange(len(losses))[skip][finite][gradient.argmin()])
    return rates[index], index


def lightning_by_index(rates, losses, requested, settings):
    begin = int(settings.get("skip-begin", 10))
    values = np.array(losses, dtype=np.float32)[begin : -int(settings.get("skip-end", 1))]
    values = values[np.isfinite(values)]
    if len(values) < 2:
        raise UpstreamRaises
    index = int(np.gradient(values).argmin()) + begin
    return rates[index], index


def ignite(rates, losses, requested, settings):
    values = np.array(losses, dtype=np.float32)
    falling = values[: int(values.argmin()) + 1]
    if len(falling) < 3:
        raise UpstreamRaises
    gradient = np.array([np.float32(0.5) * (falling[i + 1] - falling[i - 1]) for i in range(1, len(falling) - 1)])
    index = int(gradient.argmin()) + 1
    return rates[index], index


def monai(rates, losses, requested, settings):
    start, end = int(settings.get("skip-start", 0)), len(rates) - int(settings.get("skip-end", 0)) - 1
    places = list(range(len(rates)))[start:end]
    index = places[int(np.gradient(np.array(losses[start:end])).argmin())]
    return rates[index], index


def ktrain_gradient(rates, losses, requested, settings):
    index = int(np.gradient(np.array(losses[32 : int(np.argmin(losses))])).argmin())
    return rates[index], index


def ktrain_minimum(rates, losses, requested, settings):
    index = int(np.argmin(losses))
    return rates[index] / 10, index


def ktrain_valley(rates, losses, requested, settings):
    index = valley_index(losses)
    return rates[index], index % len(rates)


def keras_lr_finder(rates, losses, requested, settings):
    distance = int(settings.get("sma", 20))
    derivatives = [0] * distance
    for i in range(distance, len(rates)):
        derivatives.append((losses[i] - losses[i - distance]) / distance)
    index = int(np.argmin(derivatives[10:-5]))
    return rates[10:-5][index], 10 + index


def julia_smooth(losses):
    value, smoothed = 0.0, []
    for i, x in enumerate(losses):
        value = value * 0.98 + x * (1 - 0.98)
        smoothed.append(value / (1 - 0.98 ** (i + 1)))
    return np.array(smoothed)


def julia_start(rates):
    """n ÷ 3, from Julia's count to Python's; index 0 does not exist in Julia."""
    if len(rates) // 3 < 1:
        raise UpstreamRaises
    return len(rates) // 3 - 1


def fastai_julia_minimum(rates, losses, requested, settings):
    start = julia_start(rates)
    index = start + int(np.argmin(julia_smooth(losses)[start:]))
    return rates[index] / 10, index


def fastai_julia_steepest(rates, losses, requested, settings):
    start = julia_start(rates)
    slopes = np.diff(julia_smooth(losses)) / np.log(np.diff(np.array(rates)))
    index = start + int(np.argmax(slopes[start:]))
    return rates[index], index


def neural_prophet(rates, losses, requested, settings):
    padded = np.pad(np.array(losses), pad_width=5, mode="edge")
    window = np.hamming(10)
    smooth = np.convolve(window / window.sum(), padded, mode="valid")[1:]
    steepest = int(np.argmin(np.gradient(smooth)))
    try:
        default, _ = lightning_by_index(rates, losses, requested, {"skip-begin": 10, "skip-end": 3})
    except UpstreamRaises:
        return rates[steepest], steepest
    mean = float(np.exp((np.log(rates[steepest]) + np.log(default)) / 2))
    return mean, max(int(np.searchsorted(np.array(rates), mean, side="right")) - 1, 0)


def faceswap_rule(rates, losses, requested, settings):
    losses = losses[: next((i for i, loss in enumerate(losses) if math.isnan(loss)), len(losses))]
    if not losses:
        raise UpstreamRaises
    index = losses.index(min(losses))
    rate = rates[index] / {"default": 10, "aggressive": 5, "extreme": 2.5}[settings.get("strength", "default")]
    if rate < 1e-9:
        raise UpstreamRaises
    return rate, index


def dataiku_rule(rates, losses, requested, settings):
    begin, end = (5, 1) if len(losses) > 6 else (0, -len(losses))
    lrs, values = np.array(rates)[begin:-end], losses[begin:-end]
    lowest = int(np.argmin(values))
    high_index = int(np.abs(lrs - lrs[lowest] / 10).argmin())
    high = lrs[high_index]
    try:
        gradient = np.gradient(np.array(values))
        start = lowest - np.argmax(np.flip(gradient[:lowest]) >= 0)
        low = lrs[start + gradient[start:lowest].argmin()]
        assert low < high and low / high <= 0.1
    except (ValueError, AssertionError):
        low = lrs[np.abs(lrs - 0.1 * high).argmin()]
    return float(high), begin + high_index, float(low)


RULES = {
    "fastai-minimum": (fastai2, fastai_minimum, [{}]),
    "fastai-steep": (fastai2, fastai_steep, [{}]),
    "fastai-valley": (fastai2, fastai_valley, [{}]),
    "fastai-slide": (fastai2, fastai_slide, [{}, {"lr-diff": "5", "threshold": "0.05", "adjust": "0.5"}]),
    "fastai-1-gradient": (fastai1, fastai_1_gradient, [{}]),
    "torch-lr-finder": (first_loss, torch_lr_finder, [{}, {"skip-start": "0", "skip-end": "0"}]),
    "lightning": (lightning, lightning_rule, [{}, {"skip-begin": "2", "skip-end": "3"}, {"skip-end": "0"}]),
    "lightning-2.5.2": (lightning, lightning_by_index, [{}, {"skip-begin": "2", "skip-end": "3"}]),
    "ignite": (first_loss, ignite, [{}]),
    "monai": (first_loss, monai, [{}, {"skip-start": "10", "skip-end": "5"}]),
    "ktrain-gradient": (ktrain, ktrain_gradient, [{}]),
    "ktrain-minimum": (ktrain, ktrain_minimum, [{}]),
    "ktrain-valley": (ktrain, ktrain_valley, [{}]),
    "keras-lr-finder": (keras, keras_lr_finder, [{}, {"sma": "1"}]),
    "fastai-julia-minimum": (julia, fastai_julia_minimum, [{}]),
    "fastai-julia-steepest": (julia, fastai_julia_steepest, [{}]),
    "neural-prophet": (lightning_without_stop, neural_prophet, [{}]),
    "faceswap": (faceswap, faceswap_rule, [{}, {"strength": "aggressive"}, {"strength": "extreme"}]),
    "dataiku": (dataiku, dataiku_rule, [{}]),
}

# Programs that record raw losses read those also where smoothed ones are recorded beside them.
RECORDS_RAW = {keras, julia}
# The first points of one curve alone, and other numbers of requested points than the file's.
SHORT = [1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 17, 18, 20, 33, 40]
REQUESTED = [1, 5, 40, 1000]


# Peaks of the synthetic recordings, as multiples of the best loss before them: close around every project's factor.
PEAKS = [1.2, 1.7, 2.2, 2.7, 3.2, 3.4, 3.55, 3.9, 4.1, 4.6, 4.9, 5.1, 6]


def sawtooth():
    """A recorded loss with growing peaks, each followed by a new best loss and a steeper fall."""
    recorded = [2 - 0.04 * i for i in range(25)]
    for peak in PEAKS:
        best = recorded[-1]
        top, dip = peak * best, 0.99 * best
        recorded += [best + (top - best) * step / 4 for step in range(1, 5)]
        # Uneven steps, so that no two slopes are equal and rounding decides nothing.
        recorded += [top + (dip - top) * share for share in (0.2, 0.7, 1)]
    return recorded


def synthetic_curves():
    """Raw losses whose average, by each project's way of averaging, is the sawtooth."""
    recorded = sawtooth()
    rates = [1e-7 * 1e8 ** (i / len(recorded)) for i in range(len(recorded))]
    debiased = [x * (1 - 0.98 ** (i + 1)) for i, x in enumerate(recorded)]
    raw = {
        "sawtooth-raw": recorded,
        "sawtooth-debiased": [(x - 0.98 * y) / 0.02 for x, y in zip(debiased, [0.0] + debiased)],
        "sawtooth-first-loss": recorded[:1] + [(x - 0.95 * y) / 0.05 for x, y in zip(recorded[1:], recorded)],
    }
    for name, losses in raw.items():
        yield name, {"num_it": len(rates), "lrs": rates, "raw_losses": losses, "losses": recorded}


# Where the recordings end that a non-finite loss ends, in which loss, and by which schedule.
ENDS = [
    (shape, steps, point, loss)
    for shape, steps in (("exponential", 100), ("linear", 60))
    for point, loss in (
        [(3, "nan"), (8, "nan"), (30, "nan"), (50, "inf"), (57, "nan"), (58, "-inf")]
        + ([(72, "nan"), (93, "nan"), (97, "nan"), (98, "inf"), (99, "nan")] if steps == 100 else [(59, "nan")]))
]


def ended_curves():
    """Our own recordings up to a non-finite loss, and what a program that does not stop there goes on to record."""
    for shape, steps, point, loss in ENDS:
        start, end = 1e-6, 3.0
        share = [i / steps for i in range(steps)]
        rates = [start * (end / start) ** x if shape == "exponential" else start + (end - start) * x for x in share]
        # A descent with a ripple of an irrational period, so that no two slopes are equal.
        losses = [0.3 + 2 / (1 + math.exp(9 * (x - 0.45))) + 0.02 * math.sin(11.7 * i) for i, x in enumerate(share)]
        losses = losses[:point] + [float(loss)]
        schedule = {"shape": shape, "start": start, "end": end, "steps": steps}
        lines = [{"suggestCurve": 1, "task": {}, "schedule": schedule, "versions": {}}]
        lines += [{"learningRate": rate, "loss": x if math.isfinite(x) else str(x)} for rate, x in zip(rates, losses)]
        lines += [{"stop": "nonFinite", "points": len(losses)}]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        continued = losses + [math.nan] * (steps - len(losses))
        name = f"ended-{shape}-{loss}-{point}"
        yield name, text, {"num_it": steps, "lrs": rates, "raw_losses": continued, "points": len(losses)}


def cases(name):
    if name.startswith(("sawtooth", "ended")):
        yield {"recorded": False}
        return
    yield {"recorded": True}
    yield {"recorded": False}
    if name in ("degenerate-u-noisy-100", "degenerate-nan-middle-100"):
        for points in SHORT:
            yield {"recorded": False, "points": points}
        for requested in REQUESTED:
            yield {"recorded": True, "requested": requested}


def answer(recorder, rule, curve, case, settings):
    points = case.get("points", len(curve["lrs"]))
    rates, raw = ([float(x) for x in curve[key][:points]] for key in ("lrs", "raw_losses"))
    if not case["recorded"] or recorder in RECORDS_RAW:
        losses = recorder(raw, rates)
        rates = rates[: len(losses)]
    else:
        losses = [float(x) for x in curve["losses"][:points]]
    try:
        rate, index, *low = rule(rates, losses, case.get("requested", curve["num_it"]), settings)
    except (UpstreamRaises, IndexError, ValueError):
        return {"raises": True}
    if index >= curve.get("points", len(rates)):
        return {"outside": True}
    return {"value": rate, "index": index} | ({"low": low[0]} if low else {})


def main():
    ANSWERS.mkdir(parents=True, exist_ok=True)
    curves = {path.stem: json.loads(path.read_text()) for path in sorted(CURVES.glob("*.json"))}
    (ANSWERS / "curves").mkdir(exist_ok=True)
    for name, curve in synthetic_curves():
        (ANSWERS / "curves" / f"{name}.json").write_text(json.dumps(curve) + "\n")
        curves[name] = curve
    for name, text, continued in ended_curves():
        (ANSWERS / "curves" / f"{name}.jsonl").write_text(text)
        curves[name] = continued
    for strategy, (recorder, rule, variants) in RULES.items():
        lines = []
        for name, curve in curves.items():
            for case in cases(name):
                for settings in variants if case == {"recorded": True} or name.startswith(("sawtooth", "ended")) else [{}]:
                    entry = {"curve": name, **case} | ({"settings": settings} if settings else {})
                    lines.append(json.dumps(entry | answer(recorder, rule, curve, case, settings)))
        (ANSWERS / f"{strategy}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
