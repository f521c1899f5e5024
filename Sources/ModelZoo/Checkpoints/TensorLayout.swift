package import TrainingEngine

/// How a network's tensor lies in a checkpoint, which has PyTorch's order of the axes.
///
/// | | here | checkpoint |
/// |---|---|---|
/// | filters | kernel, kernel, inputs, outputs | outputs, inputs, kernel, kernel |
/// | an axis over a flattened picture | height, width, channels | channels, height, width |
/// | all others | | the same |
package struct TensorLayout {
  /// The extents in a checkpoint.
  package let shape: [Int]
  /// Our extents, an axis over a flattened picture split into its three.
  private let extents: [Int]
  /// For every axis of the checkpoint, flattened ones split, which of ours it is.
  private let order: [Int]

  /// The layout of a tensor of four axes (filters are the only ones) or fewer.
  init(shape: [Int], flattenedPicture: [Int]?) {
    if let flattenedPicture {
      self.shape = shape
      extents = shape.dropLast() + flattenedPicture
      let picture = shape.count - 1
      order = Array(0..<picture) + [picture + 2, picture, picture + 1]
    } else {
      extents = shape
      order = shape.count == 4 ? [3, 2, 0, 1] : Array(shape.indices)
      self.shape = order.map { shape[$0] }
    }
  }

  /// The elements of a checkpoint's tensor of this shape, in our order.
  package func values(of tensor: CheckpointTensor) -> [Float] {
    var inverse = order
    for (axis, ours) in order.enumerated() { inverse[ours] = axis }
    let split =
      order.count == shape.count
      ? tensor : tensor.splittingLastDimension(into: order.suffix(3).map { extents[$0] })
    return split.permuted(inverse).floats()
  }

  /// The checkpoint's tensor of elements in our order.
  package func tensor(_ values: [Float]) -> CheckpointTensor {
    guard order != Array(extents.indices) else { return CheckpointTensor(shape: shape, values: values) }
    // Moved now: axes in another order cannot be joined, and would be written number by number.
    let ordered = CheckpointTensor(shape: extents, values: values).permuted(order)
    return CheckpointTensor(shape: shape, values: ordered.floats())
  }
}

extension ParameterDescription {
  /// Its layout in a checkpoint.
  package var layout: TensorLayout { TensorLayout(shape: shape, flattenedPicture: flattenedPicture) }
}

extension BufferDescription {
  /// Its layout in a checkpoint.
  package var layout: TensorLayout { TensorLayout(shape: shape, flattenedPicture: flattenedPicture) }
}
