public import ArgumentParser
public import TrainingEngine

/// How the rate moves during a training, as typed.
struct ScheduleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the rate moves: \(ScheduleKind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "shape"))
  var schedule: ScheduleKind = .constant

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

  /// The validated schedule.
  ///
  /// - Throws: ``UsageError``.
  func plan() throws -> SchedulePlan {
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

extension ScheduleKind: ExpressibleByArgument {}
