import ArgumentParser
import Comparison
import StrategyKit
import TrainingEngine

/// How the rate moves during a training, as typed.
struct ScheduleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the rate moves.", valueName: "shape"))
  var schedule = ScheduleChoice.shape(.constant)

  @Option(
    help: ArgumentHelp(
      """
      The epochs in which fine-tune trains the head on a frozen body, before those in which everything trains. \
      (default: 1)
      """, valueName: "epochs"))
  var freezeEpochs: Int?

  @Option(
    help: ArgumentHelp(
      """
      The rate after the last step. (default: 0 of linear and cosine, a hundredth of --lr of exponential, a \
      hundred-thousandth of one-cycle and flat-cosine)
      """, valueName: "rate"))
  var finalLr: Double?

  @Option(
    help: ArgumentHelp(
      "The share of the training in which the rate first rises from 0 to --lr; one-cycle has its own.",
      valueName: "share"))
  var warmUp = 0.0

  @Option(
    help: ArgumentHelp(
      "Where step divides the rate by ten, in shares of the training. (default: 0.5,0.75)",
      valueName: "shares"))
  var milestones: String?

  /// The validated course.
  ///
  /// - Throws: ``UsageError``.
  func plan() throws -> TrainingCourse {
    switch schedule {
    case .fineTuning: return .fineTuning(try fineTuning())
    case .shape(let kind):
      if let freezeEpochs {
        throw UsageError("--freeze-epochs \(freezeEpochs) goes with --schedule fine-tune only")
      }
      return .schedule(try plan(kind))
    }
  }

  private func fineTuning() throws -> FineTuning {
    let others = [
      ("--final-lr", finalLr != nil), ("--warm-up", warmUp != 0), ("--milestones", milestones != nil),
    ]
    if let other = others.first(where: \.1)?.0 {
      throw UsageError("\(other) does not go with --schedule fine-tune, whose phases are one-cycle")
    }
    let epochs = freezeEpochs ?? 1
    guard (0...Self.mostFrozenEpochs).contains(epochs) else {
      throw UsageError("--freeze-epochs \(epochs): it must be 0 to \(Self.mostFrozenEpochs)")
    }
    return FineTuning(frozenEpochs: epochs)
  }

  private static let mostFrozenEpochs = 1_000_000

  private func plan(_ schedule: ScheduleKind) throws -> SchedulePlan {
    if let finalLr {
      guard schedule.hasFinalRate else {
        throw UsageError("--final-lr does not go with --schedule \(schedule.rawValue)")
      }
      guard finalLr >= 0, finalLr.isFinite, finalLr > 0 || schedule != .exponential else {
        throw UsageError(
          "--final-lr \(finalLr): it must be \(schedule == .exponential ? "" : "0 or ")a positive number")
      }
    }
    guard (0..<1).contains(warmUp) else {
      throw UsageError("--warm-up \(warmUp): it must be at least 0 and below 1, as a share of the training")
    }
    guard warmUp == 0 || schedule != .oneCycle else {
      throw UsageError("--warm-up does not go with --schedule one-cycle, which rises by itself")
    }
    guard milestones == nil || schedule == .step else {
      throw UsageError("--milestones does not go with --schedule \(schedule.rawValue)")
    }
    return SchedulePlan(
      kind: schedule, finalRate: finalLr, warmUp: warmUp,
      milestones: try milestones.map(Self.shares) ?? SchedulePlan.standardMilestones)
  }

  private static func shares(_ text: String) throws -> [Double] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let shares = parts.compactMap { Double($0) }
    guard shares.count == parts.count, shares.allSatisfy({ $0 > 0 && $0 < 1 }),
      zip(shares, shares.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw UsageError("--milestones \(text): expected rising shares between 0 and 1, as in 0.5,0.75") }
    return shares
  }
}

/// What `--schedule` and `--for` name.
enum ScheduleChoice: ExpressibleByArgument, Equatable {
  case shape(ScheduleKind)
  case fineTuning

  static let names = ScheduleKind.allCases.map(\.rawValue) + [TrainingCourse.fineTuningName]

  init?(argument: String) {
    if argument == TrainingCourse.fineTuningName {
      self = .fineTuning
    } else if let kind = ScheduleKind(rawValue: argument) {
      self = .shape(kind)
    } else {
      return nil
    }
  }

  /// One that a use is for; nil where none is said.
  init?(for use: IntendedUse) {
    switch use {
    case .peak: self = .shape(.oneCycle)
    case .constant: self = .shape(.constant)
    case .fineTuning: self = .fineTuning
    case .asAsked, .unknown: return nil
    }
  }

  /// What the rate is used for, in the words of strategies.
  var use: IntendedUse {
    switch self {
    case .shape(let kind): kind.use
    case .fineTuning: .fineTuning
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .shape(let kind): kind.rawValue
    case .fineTuning: TrainingCourse.fineTuningName
    }
  }

  static var allValueStrings: [String] { names }
}
