internal import NumericKernels

extension Trainer {
  /// What the network answers to a batch with the running statistics; changes neither parameters nor any other state.
  ///
  /// - Parameter batch: 1 to ``batchSize`` samples; labels and targets are not read.
  /// - Returns: the outputs of the samples one after the other, each flat; logits where the loss is a cross-entropy.
  public func outputs(for batch: Batch) -> [Float] {
    evaluationOutputs(of: batch).values
  }
}
