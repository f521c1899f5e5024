import TrainingEngine

/// The residual blocks that both families of ResNets are made of, with torchvision's names of their parts.
///
/// 3×3 convolution → batch norm → ReLU → 3×3 convolution → batch norm, then ReLU of the sum with the shortcut. Source: K. He
/// et al., "Deep Residual Learning for Image Recognition", CVPR 2016, figure 5 on the left.
struct BasicBlocks {
  /// How all filters begin.
  let initializer: WeightInitializer
  /// The shortcut of a block that changes channels and sides.
  let shortcut: (_ channels: Int, _ stride: Int) -> any Layer

  /// So many blocks of these channels; the first one moves by `stride`, and has a shortcut if that is not 1.
  func stage(_ blocks: Int, channels: Int, stride: Int = 1) -> Sequential {
    Sequential((0..<blocks).map { block(channels, stride: $0 == 0 ? stride : 1) })
  }

  private func block(_ channels: Int, stride: Int) -> Residual {
    Residual(
      Sequential(named: [
        "conv1": convolution(channels, stride: stride), "bn1": BatchNorm(), "relu": ReLU(),
        "conv2": convolution(channels), "bn2": BatchNorm(),
      ]),
      shortcut: stride == 1 ? nil : shortcut(channels, stride), rectified: true)
  }

  private func convolution(_ channels: Int, stride: Int = 1) -> Convolution2D {
    Convolution2D(unbiased: channels, kernel: 3, stride: stride, initializer: initializer)
  }
}

extension Convolution2D {
  /// A convolution for a batch norm to follow, padded so that stride 1 keeps the sides of the picture.
  init(unbiased channels: Int, kernel: Int, stride: Int = 1, initializer: WeightInitializer) {
    self.init(
      channels, kernel: kernel, stride: stride, padding: .symmetric(kernel / 2), bias: false,
      initializer: initializer)
  }
}
