"""PyTorch's side of the benchmark of checkpoints: a full-size ResNet-34, its files and its answers.

Takes a folder. Writes resnet34.pth and, where the package safetensors is there, resnet34.safetensors with random weights
under torchvision's parameter names, and answers.pth: some pictures, their logits, the pictures before the pooling, and a
head as fastai's with its logits, all also in double precision. Says which files there are in one line of JSON, then answers
every line on standard input, the path of a file, with the seconds that reading it and loading it onto the network took,
and the seconds of processor time.
Plain PyTorch, without torchvision: that does not import beside every build of PyTorch.
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")

import torch
from torch import nn
from torch.nn import functional

try:
    from safetensors.torch import load_file, save_file
except ImportError:
    load_file = save_file = None

PICTURES, CLASSES, OTHER_CLASSES = 3, 1000, 37


class Block(nn.Module):
    """Two 3×3 convolutions with a way round them (He et al. 2016, figure 5 left), the stride in the first."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride > 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet34(nn.Module):
    """The column "34-layer" of He et al. 2016, table 1."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        inputs = 64
        for stage, count in enumerate([3, 4, 6, 3]):
            outputs = 64 << stage
            strides = [2 if stage else 1] + [1] * (count - 1)
            blocks = [Block(inputs if i == 0 else outputs, outputs, s) for i, s in enumerate(strides)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
            inputs = outputs
        self.fc = nn.Linear(inputs, CLASSES)

    def features(self, x):
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))

    def classify(self, features):
        return self.fc(functional.adaptive_avg_pool2d(features, 1).flatten(1))


class Head(nn.Module):
    """What fastai 2.8.12's create_head makes for 512 channels; the numbers are those of its modules."""

    def __init__(self):
        super().__init__()
        self.head = nn.ModuleDict({
            "2": nn.BatchNorm1d(1024), "4": nn.Linear(1024, 512, bias=False),
            "6": nn.BatchNorm1d(512), "8": nn.Linear(512, OTHER_CLASSES, bias=False)})

    def forward(self, x):
        pooled = [functional.adaptive_max_pool2d(x, 1), functional.adaptive_avg_pool2d(x, 1)]
        hidden = self.head["4"](self.head["2"](torch.cat(pooled, 1).flatten(1)))
        return self.head["8"](self.head["6"](functional.relu(hidden)))


def randomize(module):
    """Draws every tensor, so that no scale is 1 and no shift 0."""
    for layer in module.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            nn.init.uniform_(layer.weight, 0.5, 1.5)
            nn.init.normal_(layer.bias, std=0.2)
            layer.momentum = None  # The mean over all passes.
        elif isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")


@torch.no_grad()
def write(folder):
    """Writes the files; returns the paths of the checkpoints and of the answers."""
    torch.manual_seed(20261128)
    network, head = ResNet34(), Head()
    for module in [network, head]:
        randomize(module)
        module.train()
    for _ in range(3):  # The running statistics move.
        head(network.features(torch.randn(8, 3, 224, 224)))
    network.eval()
    head.eval()
    checkpoint = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    paths = [f"{folder}/resnet34.pth"]
    torch.save(checkpoint, paths[0])
    if save_file is not None:
        paths.append(f"{folder}/resnet34.safetensors")
        save_file(checkpoint, paths[1])
    x = torch.randn(PICTURES, 3, 224, 224)
    features = network.features(x)
    answers = {
        "input": x, "features": features, "logits": network.classify(features),
        "learner.logits": head(features)}
    answers |= {name: tensor.clone() for name, tensor in head.state_dict().items() if "tracked" not in name}
    network, head, x = network.double(), head.double(), x.double()
    features = network.features(x)
    answers["features.double"] = features
    answers |= {"logits.double": network.classify(features), "learner.logits.double": head(features)}
    torch.save(answers, f"{folder}/answers.pth")
    return paths, f"{folder}/answers.pth"


def load(network, path):
    """The seconds that reading a checkpoint and loading it took, by the clock and of processors."""
    start, processor_start = time.perf_counter(), time.process_time()
    if path.endswith(".safetensors"):
        tensors = load_file(path)
    else:
        tensors = torch.load(path, weights_only=True)
    network.load_state_dict(tensors)
    return time.perf_counter() - start, time.process_time() - processor_start


def main():
    checkpoints, answers = write(sys.argv[1])
    version = f"PyTorch {torch.__version__}"
    print(json.dumps({"version": version, "checkpoints": checkpoints, "answers": answers}), flush=True)
    network = ResNet34()
    for line in sys.stdin:
        print(*load(network, line.rstrip("\n")), flush=True)


main()
