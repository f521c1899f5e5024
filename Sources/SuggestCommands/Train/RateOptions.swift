import ArgumentParser
import StrategyKit
import TrainingEngine

/// The learning rate of a training and how it moves, as typed.
struct RateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The learning rate, or the strategy that is to suggest it; the peak where the schedule has one. Of an optimizer \
      that finds its rate itself it multiplies that. (default: 1 of such an optimizer)
      """,
      valueName: "rate|strategy"))
  var lr: String?

  @Option(
    help: ArgumentHelp(
      "A parameter of the strategy, as in steepest.bandwidth=0.3; may be repeated.",
      valueName: "name.key=value"))
  var set: [String] = []

  @OptionGroup var schedule: ScheduleOptions

  /// The rate, or who suggests it.
  ///
  /// - Throws: ``UsageError``, `UnknownStrategy` or `ParameterError`.
  func rate(of optimizer: OptimizerConfiguration) throws -> TrainPlan.Rate {
    guard let lr = lr ?? Self.standardRate(of: optimizer) else {
      throw UsageError(
        "--lr is missing: give a rate, or the name of a strategy that is to suggest it, for \(optimizer.family)"
      )
    }
    guard let number = Double(lr) else {
      guard lr.first?.isLetter == true else {
        throw UsageError("--lr \(lr): it is no number and no strategy's name; see `suggest strategies`")
      }
      let strategy = try StrategyOptions.chosen([lr], set: set, askedBy: "give --lr")[0]
      try Self.check(strategy.descriptor, knows: optimizer)
      return .suggested(by: strategy)
    }
    guard number > 0, number.isFinite else {
      throw UsageError("--lr \(lr): it must be a positive number, or the name of a strategy")
    }
    if let text = set.first { throw UsageError("--set \(text): --lr \(lr) asks no strategy") }
    return .value(number)
  }

  /// Who would abstain for the optimizer whatever the curve is not worth a range test.
  private static func check(_ strategy: StrategyDescriptor, knows optimizer: OptimizerConfiguration) throws {
    guard let known = strategy.optimizers, !strategy.knows(optimizer: optimizer.family) else { return }
    let remedy =
      standardRate(of: optimizer).map { "leave --lr out, which is \($0) then" }
      ?? "give another strategy, such as balanced, or a number"
    throw UsageError(
      "--lr \(strategy.name): it answers for \(known.joined(separator: ", ")), not for \(optimizer.family); \(remedy)"
    )
  }

  /// What is taken where nothing is typed: optimizers that find their rate themselves are made for 1.
  private static func standardRate(of optimizer: OptimizerConfiguration) -> String? {
    optimizer.selfTuning?.needsRate == false ? "1" : nil
  }
}
