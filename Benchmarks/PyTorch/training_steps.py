"""PyTorch's side of the training benchmark: takes and times training steps on request.

Answers each line of JSON on standard input with one on standard output; `StepRequest.swift` and `StepAnswer.swift`
say which. Plain PyTorch, without torchvision: that does not import beside every build of PyTorch.
"""

import json
import math
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")

import torch
from torch import nn
from torch.nn import functional

from training_models import CNN, MLP, ResNet

LAYOUTS = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
# The ways PyTorch offers to run one and the same update.
IMPLEMENTATIONS = {"for-loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
OPTIMIZERS = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}


def make_model(spec):
    kind, inputs, classes = spec["model"], spec["input"], spec["classes"]
    if kind == "mlp":
        return MLP(inputs[0], spec["widths"], classes)
    if kind == "cnn":
        return CNN(inputs, spec["widths"], classes)
    if kind == "resnet":
        return ResNet(inputs[2], spec["widths"], classes, small_stem=spec["smallStem"])
    raise ValueError(f"there is no model {kind}")


def make_optimizer(model, settings, implementation):
    """The update that `settings` describe, by one of the ways."""
    family = OPTIMIZERS[settings["family"]]
    numbers = {"lr": settings["learningRate"], "weight_decay": settings["weightDecay"]}
    if settings["family"] == "sgd":
        numbers["momentum"] = settings["momentum"]
    return family(model.parameters(), **numbers, **IMPLEMENTATIONS[implementation])


class Run:
    """A model, its optimizer and one batch of random pictures or vectors with random labels."""

    def __init__(self, spec, layout, threads, implementation):
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.threads = threads
        self.model = make_model(spec).train()
        shape = spec["input"]
        # Our shapes are height, width, channels.
        inputs = torch.randn(spec["batch"], *([shape[2], shape[0], shape[1]] if len(shape) == 3 else shape))
        self.labels = torch.randint(spec["classes"], (spec["batch"],))
        if len(shape) == 3:
            inputs = inputs.to(memory_format=LAYOUTS[layout])
            self.model = self.model.to(memory_format=LAYOUTS[layout])
        self.inputs = inputs
        self.implementation = implementation or self.fastest_implementation(spec["optimizer"])
        self.optimizer = make_optimizer(self.model, spec["optimizer"], self.implementation)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.model(self.inputs), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss

    def steps(self, count):
        """Takes steps; returns how long they took and the first and last loss before the step's update."""
        torch.set_num_threads(self.threads)
        start, processor_start = time.perf_counter(), time.process_time()
        losses = [self.step().detach() for _ in range(count)]
        seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
        return {
            "seconds": seconds,
            "processorSeconds": processor_seconds,
            "firstLoss": finite(losses[0].item()),
            "lastLoss": finite(losses[-1].item()),
        }

    def fastest_implementation(self, settings, rounds=9):
        """The way whose update alone is quickest here, tried in turns; the parameters are put back afterwards."""
        functional.cross_entropy(self.model(self.inputs), self.labels).backward()
        before = [parameter.detach().clone() for parameter in self.model.parameters()]
        optimizers = {name: make_optimizer(self.model, settings, name) for name in IMPLEMENTATIONS}
        times = {name: [] for name in IMPLEMENTATIONS}
        for _ in range(rounds):
            for name, optimizer in optimizers.items():
                start = time.perf_counter()
                optimizer.step()
                times[name].append(time.perf_counter() - start)
        with torch.no_grad():
            for parameter, value in zip(self.model.parameters(), before):
                parameter.copy_(value)
        # The first step of each sets up its state.
        return min(times, key=lambda name: statistics.median(times[name][1:]))


def peak_memory():
    """The most memory that this process has had resident, in bytes."""
    with open("/proc/self/status") as status:
        kilobytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kilobytes) * 1024


def finite(number):
    """The number, or None where it is none: JSON knows no others."""
    return number if math.isfinite(number) else None


def answer(request, runs):
    [(kind, values)] = request.items()
    if kind == "prepare":
        run = Run(values["work"], values["layout"], values["threads"], values.get("implementation"))
        runs.append(run)
        return {"prepared": {"run": len(runs) - 1, "implementation": run.implementation}}
    if kind == "steps":
        [run] = values["runs"]
        return {"stepped": runs[run].steps(values["count"])}
    if kind == "release":
        runs.clear()
        return {"released": {}}
    if kind == "peakMemory":
        return {"peakMemory": {"bytes": peak_memory()}}
    raise ValueError(f"PyTorch's worker does not know the request {kind}")


def main():
    def reply(value):
        print(json.dumps(value), flush=True)

    runs = []
    reply({"ready": {"version": f"PyTorch {torch.__version__}"}})
    for line in sys.stdin:
        try:
            reply(answer(json.loads(line), runs))
        except Exception as error:
            reply({"failed": {"reason": f"{type(error).__name__}: {error}"}})


main()
