#!/usr/bin/env python3
"""Writes Tests/TrainingEngineTests/Fixtures/tensors/schedules-pytorch.json: values of PyTorch's schedulers.

The shared schedules.json holds fastai's schedules; these are the others: constant, cosine with linear warm-up, flat then
cosine, and steps, as torch.optim.lr_scheduler sets them step by step. Same layout: value at position i/points. Made with
torch 2.13.0+cpu. Run from anywhere: scripts/golden/schedules.py
"""
import json
import pathlib
import warnings

import torch
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, MultiStepLR, SequentialLR

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "TrainingEngineTests" / "Fixtures" / "tensors"
POINTS = 200


def values(peak, scheduler):
    """The learning rate of every step under `scheduler`, a function of the optimizer."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=peak)
    schedule = scheduler(optimizer)
    path = []
    for _ in range(POINTS):
        path.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return path


def after(share, first, end):
    """`first` for a share of the training, then half a cosine to `end`."""
    steps = round(share * POINTS)
    return lambda optimizer: SequentialLR(
        optimizer, [first(optimizer, steps), CosineAnnealingLR(optimizer, POINTS - steps, eta_min=end)], [steps])


def main():
    warnings.simplefilter("ignore")  # SequentialLR itself calls step() in the deprecated way
    schedules = [
        ("constant", {"value": 0.03}, values(0.03, lambda optimizer: ConstantLR(optimizer, 1.0))),
        ("cosine with warm-up", {"peak": 0.1, "end": 0.001, "warm_up": 0.2, "start": 0.001},
         values(0.1, after(0.2, lambda o, steps: LinearLR(o, 0.01, 1.0, steps), 0.001))),
        ("flat then cosine", {"peak": 0.1, "div_final": 1000.0, "flat": 0.75},
         values(0.1, after(0.75, lambda o, steps: ConstantLR(o, 1.0, steps), 0.0001))),
        ("step", {"start": 0.1, "factor": 0.2, "milestones": [0.3, 0.6, 0.8]},
         values(0.1, lambda optimizer: MultiStepLR(optimizer, [60, 120, 160], 0.2))),
    ]
    content = {
        "source": f"torch {torch.__version__} lr_scheduler; value at position i/points, i = 0 … points-1",
        "points": POINTS,
        "schedules": [{"kind": k, "parameters": p, "values": v} for k, p, v in schedules],
    }
    (OUTPUT / "schedules-pytorch.json").write_text(json.dumps(content, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
