import ArgumentParser
import CurveModel
import Spelling
import StrategyKit
import TrainingEngine

/// What the rate is for, as typed.
struct UseOptions: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "What the rate will be used for: the schedule of the training.", valueName: "use"))
  var schedule: ScheduleChoice?

  /// What the schedule means to a strategy; unknown where none was typed.
  var use: IntendedUse { schedule?.use ?? .unknown }

  @Option(
    help: ArgumentHelp(
      "The optimizer's family, where the curve does not say it: sgd, adam, …", valueName: "family"))
  var optimizer: String?

  @Option(help: "How many steps the training will take, if you know.")
  var steps: Int?

  /// One sentence about an optimizer that is not known here, but spelled much as one that is.
  ///
  /// No error: a rate may be wanted for any optimizer.
  var doubt: String? {
    let known = OptimizerConfiguration.families
    guard let optimizer, !known.contains(optimizer.lowercased()),
      let near = nearestNames(to: optimizer.lowercased(), among: known).first
    else { return nil }
    return "--optimizer \(optimizer): no optimizer of that name is known here; did you mean \(near)?"
  }

  /// One sentence where the curve begins with trained weights, and another use was typed.
  func doubt(aboutUseOf curve: NamedCurve) -> String? {
    guard let schedule, schedule != .fineTuning, curve.curve.header.beginsWithTrainedWeights else {
      return nil
    }
    return
      "--for \(schedule.defaultValueDescription): the range test began with trained weights, so every strategy is asked for fine-tuning"
  }

  /// One sentence where the curve is one of another optimizer than typed.
  func doubt(about curve: NamedCurve) -> String? {
    guard let optimizer, let recorded = curve.curve.header.taskLabel("optimizer"),
      recorded.lowercased() != optimizer.lowercased()
    else { return nil }
    return
      "--optimizer \(optimizer): the answers are for it, but the range test was one of \(recorded), which says little about another"
  }

  func validate() throws {
    if let optimizer, optimizer.isEmpty { throw ValidationError("--optimizer: the name is empty") }
    if let steps, steps < 1 { throw ValidationError("--steps \(steps): it must be at least 1") }
  }
}
