"""Writes Tests/TrainingEngineTests/Fixtures/tensors/free-*.safetensors: paths of learning-rate-free optimizers.

    python3 -m venv .venv && .venv/bin/pip install -r scripts/golden/learning-rate-free-requirements.txt
    .venv/bin/python scripts/golden/learning_rate_free.py

Every path is that of the method's own package while it trains a small network on a mini-batch a step: `initial.NAME`,
and for every step `gradients.NAME`, `parameters.NAME` after it, `learning_rates` (what the package is given as lr) and,
where the method has one, `estimates`. Of the schedule-free methods the parameters are y, where gradients are taken, and
`evaluated.NAME` is x, where the network is evaluated. Settings are metadata. The gradients are recorded, so that whoever
follows the path needs neither the network nor its data.
"""

import math
import pathlib
import sys

# PyTorch wants Python's own module `statistics`, not the script beside this one.
sys.path.pop(0)

import torch
from dadaptation import DAdaptAdam, DAdaptSGD
from dog import DoG, LDoG
from mechanic_pytorch import mechanize
from prodigyopt import Prodigy
from safetensors.torch import save_file
from schedulefree import AdamWScheduleFree, SGDScheduleFree

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "TrainingEngineTests" / "Fixtures" / "tensors"
STEPS = 60
SAMPLES = 24
INPUTS, HIDDEN, CLASSES = 3, 4, 2
# The groups are the layers: as the names begin.
LAYERS = ["0.", "1."]


def problem(seed):
    """Initial tensors, and a function from a step and tensors to the loss of the step's batch."""
    torch.manual_seed(seed)
    tensors = {
        "0.weight": torch.randn(HIDDEN, INPUTS) / math.sqrt(INPUTS),
        "0.bias": 0.1 * torch.randn(HIDDEN),
        "1.weight": torch.randn(CLASSES, HIDDEN) / math.sqrt(HIDDEN),
        "1.bias": 0.1 * torch.randn(CLASSES),
    }
    inputs = torch.randn(STEPS, SAMPLES, INPUTS)
    labels = (inputs[..., 0] * inputs[..., 1] + inputs[..., 2] > 0).long()

    def loss(step, t):
        hidden = torch.tanh(inputs[step] @ t["0.weight"].T + t["0.bias"])
        return torch.nn.functional.cross_entropy(hidden @ t["1.weight"].T + t["1.bias"], labels[step])

    return tensors, loss


def step_length(gradients, rates):
    """The rate at which a step of plain SGD would be as long as one with a rate for every tensor."""
    squares = [float((g.double() ** 2).sum()) for g in gradients]
    return math.sqrt(sum(s * float(r) ** 2 for s, r in zip(squares, rates)) / sum(squares))


def dog_estimate(optimizer):
    # After the step: `grad` holds the gradient with its weight decay, `eta` contains lr.
    groups = optimizer.param_groups
    tensors = [(p.grad, eta / group["lr"]) for group in groups for p, eta in zip(group["params"], group["eta"])]
    return step_length([g for g, _ in tensors], [r for _, r in tensors])


def d(optimizer):
    return float(optimizer.param_groups[0]["d"])


def d_over_first_gradient(optimizer):
    return d(optimizer) / optimizer.param_groups[0]["g0_norm"]


def scale(optimizer):
    return float(optimizer.state["_mechanic"]["s"].sum())


def schedule_free_x(optimizer, group, parameter):
    """What eval() puts in the parameter's place."""
    keep = group["momentum"] if "momentum" in group else group["betas"][0]
    return torch.lerp(parameter, optimizer.state[parameter]["z"], 1 - 1 / keep)


def record(name, seed, optimizer_type, family, estimate=None, rate=lambda step: 1.0, layers=None, **settings):
    """Trains and writes one path; `layers` are settings of each layer's group."""
    initial, loss = problem(seed)
    parameters = {key: torch.nn.Parameter(value.clone()) for key, value in initial.items()}
    if layers:
        groups = [
            {"params": [p for key, p in parameters.items() if key.startswith(prefix)], **extra}
            for prefix, extra in zip(LAYERS, layers)]
    else:
        groups = list(parameters.values())
    optimizer = optimizer_type(groups, lr=rate(0), **settings)
    averages = family.startswith("schedule-free")
    if averages:
        optimizer.train()
    columns = {f"{part}.{key}": [] for key in initial for part in ["gradients", "parameters"]}
    columns |= {"learning_rates": []} | ({"estimates": []} if estimate else {})
    columns |= {f"evaluated.{key}": [] for key in initial} if averages else {}
    losses = []
    for step in range(STEPS):
        value = loss(step, parameters)
        for p in parameters.values():
            p.grad = None
        value.backward()
        losses.append(value.item())
        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        columns["learning_rates"].append(torch.tensor(rate(step), dtype=torch.float64))
        # Packages change the gradient in place.
        for key, p in parameters.items():
            columns[f"gradients.{key}"].append(p.grad.clone())
        optimizer.step()
        for key, p in parameters.items():
            columns[f"parameters.{key}"].append(p.detach().clone())
        if estimate:
            columns["estimates"].append(torch.tensor(estimate(optimizer), dtype=torch.float64))
        if averages:
            group = optimizer.param_groups[0]
            for key, p in parameters.items():
                columns[f"evaluated.{key}"].append(schedule_free_x(optimizer, group, p).detach().clone())
    tensors = {f"initial.{key}": value for key, value in initial.items()}
    tensors |= {key: torch.stack(values) for key, values in columns.items()}
    metadata = {key: ",".join(map(str, v)) if isinstance(v, tuple) else str(v) for key, v in settings.items()}
    metadata |= {"optimizer": family, "made by": made_by(family)}
    if layers:
        factors = [extra.get("layer_scale", 1) for extra in layers]
        metadata |= {"groups": ",".join(LAYERS), "factors": ",".join(map(str, factors))}
    save_file(tensors, OUTPUT / f"free-{name}.safetensors", metadata=metadata)
    last = f", estimate {float(tensors['estimates'][-1]):.6g}" if estimate else ""
    print(f"{name}: loss {losses[0]:.4f} to {sum(losses[-5:]) / 5:.4f}{last}")


def made_by(family):
    package = {"prodigy": "prodigyopt 1.1.2", "dadapt": "dadaptation 3.2", "dog": "dog-optimizer 1.0.3",
               "l": "dog-optimizer 1.0.3", "mechanic": "mechanic-pytorch 0.0.1",
               "schedule": "schedulefree 1.4.1"}[family.split("-")[0]]
    return f"{package}, torch {torch.__version__.split('+')[0]}"


def one_cycle(step):
    """A rate that rises and falls, and is never the one before."""
    return 0.1 + math.sin(math.pi * (step + 0.5) / STEPS)


def main():
    torch.set_num_threads(1)
    two = [{}, {}]
    record("prodigy", 1, Prodigy, "prodigy", d)
    record("prodigy-wd", 2, Prodigy, "prodigy", d, one_cycle, weight_decay=0.1, d0=1e-4)
    record("dadapt-adam", 3, DAdaptAdam, "dadapt-adam", d)
    record("dadapt-adam-wd", 4, DAdaptAdam, "dadapt-adam", d, one_cycle, weight_decay=0.01, d0=1e-4)
    record("dadapt-adam-scaled", 5, DAdaptAdam, "dadapt-adam", d,
           layers=[{"layer_scale": 0.25}, {"layer_scale": 1.0}], d0=1e-4)
    record("dadapt-sgd", 6, DAdaptSGD, "dadapt-sgd", d_over_first_gradient)
    record("dadapt-sgd-wd", 7, DAdaptSGD, "dadapt-sgd", d_over_first_gradient, one_cycle,
           momentum=0.9, weight_decay=0.01, d0=1e-4)
    record("dog", 8, DoG, "dog", dog_estimate)
    record("dog-wd", 9, DoG, "dog", dog_estimate, one_cycle, weight_decay=0.01, reps_rel=1e-4)
    record("dog-groups", 10, DoG, "dog", dog_estimate, layers=two, reps_rel=1e-3)
    record("l-dog", 11, LDoG, "l-dog", dog_estimate)
    record("l-dog-wd", 12, LDoG, "l-dog", dog_estimate, one_cycle, weight_decay=0.01, reps_rel=1e-4)
    # Mechanic reads the sum of moves off its parameters. While its scale is small they have moved by a few units in the
    # last place only, and every rounding is kept: a large rate, which the scale makes up for, keeps that out of the path.
    sgd, adamw = mechanize(torch.optim.SGD), mechanize(torch.optim.AdamW)
    record("mechanic-sgd", 13, sgd, "mechanic-sgd", scale, lambda step: 100.0, momentum=0.9)
    record("mechanic-sgd-wd", 14, sgd, "mechanic-sgd", scale, lambda step: 100 * one_cycle(step),
           momentum=0.8, weight_decay=0.01)
    record("mechanic-adamw", 15, adamw, "mechanic-adamw", scale, lambda step: 100.0, weight_decay=0.0)
    record("mechanic-adamw-wd", 16, adamw, "mechanic-adamw", scale, lambda step: 20 * one_cycle(step),
           weight_decay=0.01)
    record("schedule-free-sgd", 17, SGDScheduleFree, "schedule-free-sgd")
    record("schedule-free-sgd-wd", 18, SGDScheduleFree, "schedule-free-sgd", None, one_cycle,
           momentum=0.95, weight_decay=0.01)
    record("schedule-free-adamw", 19, AdamWScheduleFree, "schedule-free-adamw", None, lambda step: 0.02)
    record("schedule-free-adamw-wd", 20, AdamWScheduleFree, "schedule-free-adamw", None,
           lambda step: 0.05 * one_cycle(step), weight_decay=0.1)


if __name__ == "__main__":
    main()
