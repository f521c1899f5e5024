internal import NumericKernels

/// What training minimises: a mean over the batch.
public enum Loss: Sendable, Hashable, CustomStringConvertible {
  /// −log softmax(outputs)[label], in nats; the outputs are logits and the batch carries labels.
  case crossEntropy
  /// Cross-entropy whose target is spread: a share `labelSmoothing` in 0...1 evenly over all classes.
  case smoothedCrossEntropy(labelSmoothing: Double)
  /// −target·log σ(output) − (1 − target)·log(1 − σ(output)), in nats, mean over all outputs; the outputs are logits of
  /// independent questions and the batch carries targets in 0...1.
  case binaryCrossEntropy
  /// (output − target)², mean over all outputs; the batch carries targets.
  case meanSquaredError

  /// The loss's name, with its setting where it has one.
  public var description: String {
    switch self {
    case .crossEntropy: "crossEntropy"
    case .smoothedCrossEntropy(let labelSmoothing): "smoothedCrossEntropy(labelSmoothing: \(labelSmoothing))"
    case .binaryCrossEntropy: "binaryCrossEntropy"
    case .meanSquaredError: "meanSquaredError"
    }
  }

  /// Whether the batch carries target values; otherwise it carries labels.
  public var needsTargets: Bool {
    switch self {
    case .crossEntropy, .smoothedCrossEntropy: false
    case .binaryCrossEntropy, .meanSquaredError: true
    }
  }

  /// The mean loss of some rows of a batch's outputs, and its gradient where asked for.
  ///
  /// - Parameters:
  ///   - outputs: [rows × outputs], those from the batch's row `first` on.
  ///   - batch: the labels or targets of all rows.
  ///   - first: the first row.
  ///   - gradient: where the gradient goes.
  func value(_ outputs: MatrixView, batch: Batch, from first: Int, gradient: FloatView?) -> Double {
    let target = first * outputs.columns
    return switch self {
    case .crossEntropy:
      NumericKernels.crossEntropy(logits: outputs, labels: batch.labels, from: first, gradient: gradient)
    case .smoothedCrossEntropy(let labelSmoothing):
      NumericKernels.crossEntropy(
        logits: outputs, labels: batch.labels, from: first, smoothing: labelSmoothing, gradient: gradient)
    case .binaryCrossEntropy:
      NumericKernels.binaryCrossEntropy(
        logits: outputs.elements, targets: batch.targets, from: target, gradient: gradient)
    case .meanSquaredError:
      NumericKernels.meanSquaredError(
        outputs.elements, targets: batch.targets, from: target, gradient: gradient)
    }
  }

  /// The share of wrong classes, or of wrong answers to the independent questions, where the outputs are logits.
  func errorRate(_ outputs: MatrixView, batch: Batch) -> Double? {
    switch self {
    case .crossEntropy, .smoothedCrossEntropy:
      Double(classificationErrors(logits: outputs, labels: batch.labels)) / Double(outputs.rows)
    case .binaryCrossEntropy:
      Double(binaryErrors(logits: outputs.elements, targets: batch.targets))
        / Double(outputs.elements.count)
    case .meanSquaredError: nil
    }
  }
}
