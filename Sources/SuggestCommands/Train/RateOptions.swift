import ArgumentParser

/// The learning rate of a training and how it moves, as typed.
struct RateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The learning rate, or the strategy that is to suggest it; the peak where the schedule has one.",
      valueName: "rate|strategy"))
  var lr: String

  @Option(
    help: ArgumentHelp(
      "A parameter of the strategy, as in steepest.bandwidth=0.3; may be repeated.",
      valueName: "name.key=value"))
  var set: [String] = []

  @OptionGroup var schedule: ScheduleOptions

  /// The rate, or who suggests it.
  ///
  /// - Throws: ``UsageError``, `UnknownStrategy` or `ParameterError`.
  func rate() throws -> TrainPlan.Rate {
    guard let number = Double(lr) else {
      guard lr.first?.isLetter == true else {
        throw UsageError("--lr \(lr): it is no number and no strategy's name; see `suggest strategies`")
      }
      return .suggested(by: try StrategyOptions.chosen([lr], set: set)[0])
    }
    guard number > 0, number.isFinite else {
      throw UsageError("--lr \(lr): it must be a positive number, or the name of a strategy")
    }
    if let text = set.first { throw UsageError("--set \(text): --lr \(lr) asks no strategy") }
    return .value(number)
  }
}
