#!/usr/bin/env python3
"""Writes what PyTorch makes of small whole networks to Tests/ModelZooTests/Fixtures/tensors/net-MODEL.safetensors.

Each file holds the initial tensors (weights.NAME), an input and a target, the loss and the gradients of one training
pass, and the logits that an evaluation gives after it, when the running statistics have moved once. The metadata's
"model" is the model's name in the program. The networks are written in plain PyTorch from their papers' tables.

Masks of dropout cannot be compared. A network with dropout also has the logits of an evaluation before the pass, where
dropout does nothing; its training pass drops nothing, which the metadata say as "dropout": "off".
Made with torch 2.13.0+cpu. Run from anywhere: scripts/golden/networks.py
"""
import collections
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "ModelZooTests" / "Fixtures" / "tensors"


class Lambda(nn.Module):
    """A function as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Block(nn.Module):
    """Two 3×3 convolutions and a shortcut."""

    def __init__(self, inputs, outputs, stride, shortcut):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut(inputs, outputs, stride) if stride > 1 else nn.Identity()

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.downsample(x))


def projection(inputs, outputs, stride):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


def zero_padding(inputs, outputs, stride):
    new = outputs - inputs
    return Lambda(lambda x: F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, new // 2, new - new // 2)))


def resnet(width, blocks, shortcut, head, classes):
    layers = collections.OrderedDict(
        conv1=nn.Conv2d(3, width, 3, 1, 1, bias=False), bn1=nn.BatchNorm2d(width), relu=nn.ReLU())
    inputs = width
    for stage, count in enumerate(blocks):
        outputs = width << stage
        strides = [2 if stage else 1] + [1] * (count - 1)
        layers[f"layer{stage + 1}"] = nn.Sequential(
            *(Block(inputs if i == 0 else outputs, outputs, s, shortcut) for i, s in enumerate(strides)))
        inputs = outputs
    layers["pool"] = nn.AdaptiveAvgPool2d(1)
    layers["flatten"] = nn.Flatten()
    layers[head] = nn.Linear(inputs, classes)
    return nn.Sequential(layers)


class ConcatPool(nn.Module):
    """The maxima of every channel, then the means, as fastai 2.8.12's AdaptiveConcatPool2d(1)."""

    def forward(self, x):
        return torch.cat([F.adaptive_max_pool2d(x, 1), F.adaptive_avg_pool2d(x, 1)], 1)


def fastai_learner(body, features, classes):
    """A body without its last three modules, and what fastai 2.8.12's create_head(features, classes) makes."""
    layers = collections.OrderedDict(list(body.named_children())[:-3])
    layers["head"] = nn.Sequential(
        ConcatPool(), nn.Flatten(),
        nn.BatchNorm1d(2 * features), nn.Dropout(0.25), nn.Linear(2 * features, 512, bias=False), nn.ReLU(),
        nn.BatchNorm1d(512), nn.Dropout(0.5), nn.Linear(512, classes, bias=False))
    return nn.Sequential(layers)


def cnn(channels, shape, classes):
    layers, inputs, (height, width) = [], shape[0], shape[1:]
    for outputs in channels:
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]
        inputs, height, width = outputs, height // 2, width // 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(inputs * height * width, classes))


def perceptron(widths, activation, inputs, classes):
    layers = []
    for outputs in widths:
        layers += [nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs), activation()]
        inputs = outputs
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


class CharacterGRU(nn.Module):
    def __init__(self, vocabulary, features, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, features)
        self.gru = nn.GRU(features, hidden, batch_first=True)
        self.linear = nn.Linear(hidden, vocabulary)

    def forward(self, x):
        return self.linear(self.gru(self.embedding(x))[0])


class CausalTransformer(nn.Module):
    def __init__(self, vocabulary, times, width, depth, heads):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(times, width)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, heads, 4 * width, dropout=0, activation="gelu", batch_first=True, norm_first=True)
            for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary, bias=False)
        self.register_buffer("future", torch.ones(times, times).triu(1).bool(), persistent=False)

    def forward(self, x):
        y = self.embedding(x) + self.positions.weight
        for layer in self.layers:
            y = layer(y, src_mask=self.future)
        return self.head(self.norm(y))


def record(name, network, x, classes):
    """Runs one training pass and an evaluation, and writes the file."""
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() == 1:  # No bias is 0 and no scale is 1, so that all of them count.
                parameter.add_(0.3 * torch.randn_like(parameter))
    tensors = {f"weights.{key}": value.clone() for key, value in network.state_dict().items()}
    metadata = {"model": name, "weights": "in this file", "layout": "NCHW/OIHW", "torch": torch.__version__}
    dropouts = [module for module in network.modules() if isinstance(module, nn.Dropout) and module.p > 0]
    if dropouts:
        network.eval()
        with torch.no_grad():
            tensors["logits"] = network(x)
        metadata["dropout"] = "off"
    network.train()
    for dropout in dropouts:
        dropout.eval()
    logits = network(x)
    target = torch.randint(0, classes, logits.shape[:-1])
    loss = F.cross_entropy(logits.flatten(0, -2), target.flatten())
    loss.backward()
    tensors |= {"input": x, "target": target, "train_loss": loss.detach().reshape(1)}
    tensors |= {f"{key}.gradient": value.grad for key, value in network.named_parameters()}
    network.eval()
    with torch.no_grad():
        tensors["logits_eval_after_one_train_forward"] = network(x)
    tensors = {key: value.detach().contiguous() for key, value in tensors.items()}
    file = OUTPUT / f"net-{name}.safetensors"
    save_file(tensors, file, metadata=metadata)
    file.chmod(0o644)


def main():
    OUTPUT.mkdir(exist_ok=True)
    torch.manual_seed(20261123)
    # Neither square nor even: an exchange of height and width, or a wrong order of flattening, shows.
    record("cnn-4-6", cnn([4, 6], (3, 10, 7), 5), torch.randn(4, 3, 10, 7), 5)
    record("resnet8-width3", resnet(3, [1, 1, 1], zero_padding, "linear", 5), torch.randn(4, 3, 11, 9), 5)
    record("resnet18-small-width2", resnet(2, [2, 2, 2, 2], projection, "fc", 5), torch.randn(4, 3, 16, 13), 5)
    cnn_without_norm = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.SiLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(4 * 2 * 3, 3))
    record("cnn-nobn-4-silu", cnn_without_norm, torch.randn(4, 2, 5, 6), 3)
    record("mlp-bn-9-7-gelu", perceptron([9, 7], nn.GELU, 12, 5), torch.randn(6, 12), 5)
    record("gru-6-embedding4", CharacterGRU(7, 4, 6), torch.randint(0, 7, (3, 8)), 7)
    record("transformer-width12-depth2-heads3", CausalTransformer(7, 8, 12, 2, 3), torch.randint(0, 7, (3, 8)), 7)
    body = resnet(2, [2, 2, 2, 2], projection, "fc", 5)
    record("resnet18-small-width2-fastai", fastai_learner(body, 16, 5), torch.randn(6, 3, 16, 13), 5)


if __name__ == "__main__":
    main()
