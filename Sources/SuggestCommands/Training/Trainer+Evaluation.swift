import DatasetKit
import TrainingEngine

extension Trainer {
  /// Evaluates all samples together; nil where it was cancelled between two batches, or there is no sample.
  func evaluate(_ samples: Samples, isCancelled: () -> Bool) -> Evaluation? {
    struct Cancellation: Error {}
    var parts: [Evaluation] = []
    do {
      try samples.forEachBatch(of: batchSize) { batch in
        if isCancelled() { throw Cancellation() }
        parts.append(evaluate(batch))
      }
    } catch { return nil }
    return Evaluation.mean(of: parts)
  }
}
