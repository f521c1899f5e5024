/// The sizes of a layer that multiplies: a convolution, or a linear layer as one of 1×1 on a single pixel.
public struct MultiplyingLayer: Sendable, Equatable {
  /// The side of the square filters.
  public let kernel: Int
  /// Channels or features that come in.
  public let inputs: Int
  /// Channels or features that go out.
  public let outputs: Int
  /// Height times width of the output.
  public let outputPixels: Int

  /// The learned weights, without bias.
  public var weightCount: Int { kernel * kernel * inputs * outputs }

  /// Floating-point operations of one pass over one sample: a multiplication and an addition for every weight and
  /// output pixel, computed directly.
  public var passOperations: Int { 2 * weightCount * outputPixels }
}

extension TrainingWork {
  /// Floating-point operations of one step: the forward pass and the gradients of weights and inputs of every layer, but
  /// the inputs' of the first, which nobody needs.
  ///
  /// Counted as direct convolutions whatever computes them; biases, norms, poolings, activations, loss and optimizer
  /// are left out.
  public var operationsPerStep: Int {
    let layers = multiplyingLayers
    return batch * (3 * layers.reduce(0) { $0 + $1.passOperations } - layers[0].passOperations)
  }

  /// The layers that multiply, in the order of their weights in the network.
  public var multiplyingLayers: [MultiplyingLayer] {
    var walk = LayerWalk(input: input)
    switch model {
    case .mlp:
      for width in widths { walk.linear(width) }
    case .cnn:
      for filters in widths {
        walk.convolution(filters, kernel: 3)
        walk.pooling(kernel: 2, stride: 2, padding: 0)
      }
    case .resnet:
      let stem = 64
      walk.convolution(stem, kernel: smallStem ? 3 : 7, stride: smallStem ? 1 : 2)
      if !smallStem { walk.pooling(kernel: 3, stride: 2, padding: 1) }
      for (stage, blocks) in widths.enumerated() {
        for block in 0..<blocks {
          walk.basicBlock(stem << stage, stride: stage > 0 && block == 0 ? 2 : 1)
        }
      }
      walk.globalPooling()
    }
    walk.linear(classes)
    return walk.layers
  }
}

/// Follows a sample's shape through a network and notes the layers that multiply.
private struct LayerWalk {
  private(set) var layers: [MultiplyingLayer] = []
  private var height, width, channels: Int

  init(input: [Int]) {
    (height, width) = input.count == 3 ? (input[0], input[1]) : (1, 1)
    channels = input[input.count - 1]
  }

  /// Padded so that stride 1 keeps the sides.
  mutating func convolution(_ outputs: Int, kernel: Int, stride: Int = 1) {
    let inputs = channels
    slide(kernel: kernel, stride: stride, padding: kernel / 2)
    channels = outputs
    layers.append(
      MultiplyingLayer(kernel: kernel, inputs: inputs, outputs: outputs, outputPixels: height * width))
  }

  mutating func pooling(kernel: Int, stride: Int, padding: Int) {
    slide(kernel: kernel, stride: stride, padding: padding)
  }

  mutating func globalPooling() {
    (height, width) = (1, 1)
  }

  mutating func linear(_ outputs: Int) {
    let inputs = height * width * channels
    (height, width, channels) = (1, 1, outputs)
    layers.append(MultiplyingLayer(kernel: 1, inputs: inputs, outputs: outputs, outputPixels: 1))
  }

  /// Two 3×3 convolutions, and a 1×1 one round them where the shape changes.
  mutating func basicBlock(_ outputs: Int, stride: Int) {
    var shortcut = self
    let changesShape = stride != 1 || channels != outputs
    convolution(outputs, kernel: 3, stride: stride)
    convolution(outputs, kernel: 3)
    guard changesShape else { return }
    shortcut.layers = []
    shortcut.convolution(outputs, kernel: 1, stride: stride)
    layers += shortcut.layers
  }

  private mutating func slide(kernel: Int, stride: Int, padding: Int) {
    height = (height + 2 * padding - kernel) / stride + 1
    width = (width + 2 * padding - kernel) / stride + 1
  }
}
