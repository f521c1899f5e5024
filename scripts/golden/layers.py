#!/usr/bin/env python3
"""Writes what PyTorch makes of layers and losses that the shared reference lacks to the engine's fixtures.

Binary cross-entropy with logits; causal self-attention with its projections; and convolutions with TensorFlow's "same" padding: PyTorch has no such option for
strides, so the picture is padded by the published formula (tf.nn, "Notes on padding") before a convolution without
padding, as the PyTorch ports of EfficientNet do. Same layout as the shared files: inputs, outputs and gradients, with
the operation and its settings as metadata. Made with torch 2.13.0+cpu. Run from anywhere: scripts/golden/layers.py
"""
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "TrainingEngineTests" / "Fixtures" / "tensors"


def save(name, inputs, output, metadata):
    """Records a loss or layer: `inputs` are leaves; those that need gradients get them from a random direction."""
    direction = torch.randn_like(output)
    output.backward(direction)
    tensors = {key: value.detach().contiguous() for key, value in inputs.items()}
    tensors["output"] = output.detach().reshape(output.shape or (1,)).contiguous()
    tensors["output_gradient"] = direction.reshape(output.shape or (1,)).contiguous()
    for key, value in inputs.items():
        if value.requires_grad:
            tensors[f"{key}.gradient"] = value.grad.contiguous()
    save_file(tensors, OUTPUT / f"{name}.safetensors", metadata={k: str(v) for k, v in metadata.items()})


def same_padding(size, kernel, stride):
    total = max(kernel - stride, 0) if size % stride == 0 else max(kernel - size % stride, 0)
    return total // 2, total - total // 2


def convolution(name, shape, outputs, kernel, stride, groups):
    x = torch.randn(shape, requires_grad=True)
    weight = torch.randn(outputs, shape[1] // groups, kernel, kernel, requires_grad=True)
    bias = torch.randn(outputs, requires_grad=True)
    padding = (*same_padding(shape[3], kernel, stride), *same_padding(shape[2], kernel, stride))
    y = F.conv2d(F.pad(x, padding), weight, bias, stride=stride, groups=groups)
    save(name, {"input": x, "weight": weight, "bias": bias}, y, {
        "op": "conv2d", "layout": "NCHW/OIHW", "stride": stride, "padding": "same", "groups": groups})


def main():
    torch.manual_seed(20261123)
    logits = (3 * torch.randn(12, 5)).requires_grad_()
    target = torch.randint(0, 2, (12, 5)).float()
    target[0] = torch.rand(5)
    save("binary-cross-entropy", {"input": logits, "target": target},
         F.binary_cross_entropy_with_logits(logits, target),
         {"op": "binary_cross_entropy_with_logits", "reduction": "mean"})
    attention = torch.nn.MultiheadAttention(12, 3, batch_first=True)
    torch.nn.init.normal_(attention.in_proj_bias)
    torch.nn.init.normal_(attention.out_proj.bias)
    x = torch.randn(2, 5, 12, requires_grad=True)
    future = torch.ones(5, 5).triu(1).bool()
    y, _ = attention(x, x, x, attn_mask=future, need_weights=False)
    save("self-attention", {"input": x, **dict(attention.named_parameters())}, y,
         {"op": "multihead_attention", "causal": "True", "heads": 3, "layout": "batch,time,features"})
    convolution("conv3x3-stride2-same", (2, 4, 12, 9), 6, 3, 2, 1)
    convolution("conv5x5-depthwise-stride2-same", (2, 6, 14, 11), 6, 5, 2, 6)
    convolution("conv3x3-groups2-same", (2, 4, 7, 8), 6, 3, 1, 2)


if __name__ == "__main__":
    main()
