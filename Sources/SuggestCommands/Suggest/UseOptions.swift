import ArgumentParser
import StrategyKit

/// What the rate is for, as typed.
struct UseOptions: ParsableArguments {
  /// The uses of a rate, by the names of schedules.
  enum Use: String, ExpressibleByArgument, CaseIterable {
    case oneCycle = "one-cycle"
    case constant
    case cosine
    case fineTune = "fine-tune"

    /// What it means to a strategy.
    var intended: IntendedUse {
      switch self {
      case .oneCycle, .cosine: .peak
      case .constant: .constant
      case .fineTune: .fineTuning
      }
    }
  }

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("What the rate will be used for: the schedule of the training.", valueName: "use"))
  var use: Use?

  @Option(
    help: ArgumentHelp(
      "The optimizer's family, where the curve does not say it: sgd, adam, …", valueName: "family"))
  var optimizer: String?

  @Option(help: "How many steps the training will take, if you know.")
  var steps: Int?

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps \(steps): it must be at least 1") }
  }
}
