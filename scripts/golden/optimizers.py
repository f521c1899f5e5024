#!/usr/bin/env python3
"""Writes Tests/TrainingEngineTests/Fixtures/tensors/opt-lion*.safetensors: recorded paths of Lion.

PyTorch and fastai have no Lion, so the reference is the paper's program 2 (X. Chen et al., "Symbolic Discovery of
Optimization Algorithms", NeurIPS 2023) written down line by line in NumPy, in double precision on single-precision
inputs. The files have the layout of the other recorded paths: `parameter.initial`, 25 `gradients`, and `parameters`
after each step; the settings are metadata. Needs NumPy and safetensors. Run from anywhere: scripts/golden/optimizers.py
"""
import pathlib

import numpy as np
from safetensors.numpy import save_file

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "TrainingEngineTests" / "Fixtures" / "tensors"
STEPS = 25
SHAPE = (4, 6)


def train(weights, gradients, learning_rate, beta1, beta2, weight_decay):
    """The weights after every step."""
    momentum = np.zeros_like(weights)
    path = []
    for gradient in gradients:
        update = beta1 * momentum + (1 - beta1) * gradient
        # A sign that rounding could turn would make the path useless as a reference.
        assert np.abs(update).min() > 1e-6
        update = np.sign(update)
        momentum = beta2 * momentum + (1 - beta2) * gradient
        weights = weights - learning_rate * (update + weight_decay * weights)
        path.append(weights)
    return np.stack(path)


def main():
    random = np.random.default_rng(20261123)
    for name, weight_decay in [("opt-lion", 0.0), ("opt-lion-wd", 0.1)]:
        initial = random.standard_normal(SHAPE).astype(np.float32)
        gradients = random.standard_normal((STEPS, *SHAPE)).astype(np.float32)
        path = train(initial.astype(np.float64), gradients.astype(np.float64), 0.003, 0.9, 0.99, weight_decay)
        save_file(
            {"parameter.initial": initial, "gradients": gradients, "parameters": path.astype(np.float32)},
            OUTPUT / f"{name}.safetensors",
            metadata={"lr": "0.003", "betas": "0.9,0.99", "weight_decay": str(weight_decay)})


if __name__ == "__main__":
    main()
