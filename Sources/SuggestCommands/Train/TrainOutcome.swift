import Reporting

/// Everything a training gave, for whoever goes on with it.
struct TrainOutcome: Sendable {
  /// Whether and how the held-out samples were classified.
  enum Classified: Sendable {
    /// By the network after its last step.
    case result(ClassificationResult)
    /// They were not, for this reason: a whole sentence.
    case nothing(reason: String)

    /// The result, where there is one.
    var result: ClassificationResult? {
      if case .result(let result) = self { result } else { nil }
    }
  }

  /// The rate, and who suggested it.
  let rate: LearningRate
  /// Steps, evaluations and how it ended.
  let result: TrainResult
  /// How the held-out samples were classified at the end; nil where nobody asked for the page.
  let classification: Classified?
  /// The file with the weights; nil where none was written.
  let saved: String?
  /// The further files that were written: learning curves and the page, in the order of the plan.
  let written: [String]
  /// The signal that came, if one has.
  let signal: Int32?
}
