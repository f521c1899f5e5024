import DatasetKit
import Reporting
import TrainingEngine

extension Trainer {
  /// Classifies all samples, in their order; nil where it was cancelled between two batches, or where the network does
  /// not give each sample one of several classes, as with targets and texts.
  ///
  /// - Parameter data: The set whose held-out samples are classified.
  func classification(of data: Dataset, isCancelled: () -> Bool = { false }) -> ClassificationResult? {
    struct Cancellation: Error {}
    guard data.isClassified else { return nil }
    var outputs: [Float] = []
    outputs.reserveCapacity(data.validation.count * data.outputCount)
    do {
      try data.validation.forEachBatch(of: batchSize) { batch in
        if isCancelled() { throw Cancellation() }
        outputs += self.outputs(for: batch)
      }
    } catch { return nil }
    return ClassificationResult(
      outputs: outputs, labels: data.validation.labels, classes: data.classLabels)
  }
}

extension Dataset {
  /// Whether each sample has one class.
  var isClassified: Bool { loss == .crossEntropy && validation.labelCount == 1 }

  /// What the classes are called: their names, or their numbers where they have none.
  var classLabels: [String] {
    classNames.count == outputCount ? classNames : (0..<outputCount).map { "\($0)" }
  }
}
