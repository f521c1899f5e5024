import ArgumentParser

/// How long to train, and when to look at the network, as typed.
struct LengthOptions: ParsableArguments {
  @Option(help: "How many times to visit the training samples. (default: \(Self.standardEpochs))")
  var epochs: Int?

  @Option(help: "How many steps to train, in place of --epochs.")
  var steps: Int?

  @Option(
    help: ArgumentHelp("The steps from one evaluation to the next. (default: an epoch)", valueName: "steps"))
  var evaluateEvery: Int?

  /// The length as typed.
  ///
  /// - Throws: ``UsageError``, also where an evaluation would never come.
  func plan() throws -> TrainPlan.Length {
    if let evaluateEvery, evaluateEvery < 1 {
      throw UsageError("--evaluate-every \(evaluateEvery): it must be at least 1")
    }
    switch (epochs, steps) {
    case (nil, nil): return .epochs(Self.standardEpochs)
    case (let epochs?, nil):
      guard (1...Self.mostEpochs).contains(epochs) else {
        throw UsageError("--epochs \(epochs): it must be 1 to \(Self.mostEpochs)")
      }
      return .epochs(epochs)
    case (nil, let steps?):
      guard (1...Self.mostSteps).contains(steps) else {
        throw UsageError("--steps \(steps): it must be 1 to \(Self.mostSteps)")
      }
      return .steps(steps)
    case (_?, _?): throw UsageError("--epochs and --steps both say how long to train: give one")
    }
  }

  private static let standardEpochs = 10
  private static let mostEpochs = 1_000_000
  private static let mostSteps = 1_000_000_000
}
