"""The networks of the training benchmark in plain PyTorch, layer for layer those of our side."""

from torch import nn


class MLP(nn.Sequential):
    """Linear layers with ReLU between them."""

    def __init__(self, inputs, widths, classes):
        layers = []
        for width in widths:
            layers += [nn.Linear(inputs, width), nn.ReLU(inplace=True)]
            inputs = width
        super().__init__(*layers, nn.Linear(inputs, classes))


class CNN(nn.Sequential):
    """3×3 convolutions, each with ReLU and 2×2 max pooling, then a linear layer."""

    def __init__(self, shape, widths, classes):
        height, width, channels = shape
        layers = []
        for outputs in widths:
            layers += [nn.Conv2d(channels, outputs, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            height, width, channels = height // 2, width // 2, outputs
        super().__init__(*layers, nn.Flatten(), nn.Linear(height * width * channels, classes))


def convolution(inputs, outputs, kernel, stride=1):
    """A convolution without bias that keeps the size but for the stride, and its batch norm."""
    filters = nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False)
    nn.init.kaiming_normal_(filters.weight, mode="fan_out", nonlinearity="relu")
    return [filters, nn.BatchNorm2d(outputs)]


class BasicBlock(nn.Module):
    """Two 3×3 convolutions with a way round them (He et al. 2016, figure 5 left), the stride in the first."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            *convolution(inputs, outputs, 3, stride), nn.ReLU(inplace=True), *convolution(outputs, outputs, 3)
        )
        same = stride == 1 and inputs == outputs
        self.shortcut = None if same else nn.Sequential(*convolution(inputs, outputs, 1, stride))
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.body(x)
        y += x if self.shortcut is None else self.shortcut(x)
        return self.relu(y)


class ResNet(nn.Sequential):
    """A ResNet of basic blocks, `blocks` of them in each of four stages of 64 to 512 channels (He et al. 2016, table 1)."""

    def __init__(self, channels, blocks, classes, small_stem):
        width = 64
        if small_stem:
            layers = [*convolution(channels, width, 3), nn.ReLU(inplace=True)]
        else:
            layers = [*convolution(channels, width, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, padding=1)]
        inputs = width
        for stage, count in enumerate(blocks):
            outputs = width << stage
            for block in range(count):
                layers.append(BasicBlock(inputs, outputs, stride=2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))
