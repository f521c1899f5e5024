internal import NumericKernels

/// What training minimises: a mean over the batch.
public enum Loss: String, Sendable, Equatable {
  /// −log softmax(outputs)[label], in nats; the outputs are logits and the batch carries labels.
  case crossEntropy
  /// (output − target)², mean over all outputs; the batch carries targets.
  case meanSquaredError

  /// The loss of `outputs` [samples × outputs], and its gradient where asked for.
  func value(_ outputs: MatrixView, batch: Batch, gradient: FloatView?) -> Double {
    switch self {
    case .crossEntropy: NumericKernels.crossEntropy(logits: outputs, labels: batch.labels, gradient: gradient)
    case .meanSquaredError:
      NumericKernels.meanSquaredError(outputs.elements, targets: batch.targets, gradient: gradient)
    }
  }

  /// The share of wrong classes, where the outputs are logits.
  func errorRate(_ outputs: MatrixView, batch: Batch) -> Double? {
    switch self {
    case .crossEntropy:
      Double(classificationErrors(logits: outputs, labels: batch.labels)) / Double(outputs.rows)
    case .meanSquaredError: nil
    }
  }
}
