public import CurveModel
public import CurveSmoothing

/// How an upstream program records a range test: its smoothing, its stop rule and its schedule.
///
/// Upstream rules read what their own program recorded. On one of our raw recordings they would see something else, so
/// a peer first replays what its program would have kept.
public struct UpstreamRecorder: Sendable {
  /// The upstream project, for messages.
  public let project: String
  /// What it records for raw losses; nil if it records them as they are.
  public let smoothing: (@Sendable ([Double]) -> [Double])?
  /// When it ends the recording because of the loss.
  public let stopRule: UpstreamStopRule
  /// The rate above which it takes no further step, if it has such a limit.
  public let highestRate: Double?
  /// The forms of schedule it can produce.
  public let schedules: [RateSchedule.Shape]

  /// Describes a program that records an exponential average.
  public init(
    project: String, smoother: ExponentialSmoother, stopRule: UpstreamStopRule, highestRate: Double? = nil,
    schedules: [RateSchedule.Shape] = [.exponential]
  ) {
    self.init(
      project: project, smoothing: { smoother.replay($0) }, stopRule: stopRule, highestRate: highestRate,
      schedules: schedules)
  }

  /// Describes a program that records its own function of the raw losses, or with nil the raw losses.
  public init(
    project: String, smoothing: (@Sendable ([Double]) -> [Double])?, stopRule: UpstreamStopRule,
    highestRate: Double? = nil, schedules: [RateSchedule.Shape] = [.exponential]
  ) {
    self.project = project
    self.smoothing = smoothing
    self.stopRule = stopRule
    self.highestRate = highestRate
    self.schedules = schedules
  }

  /// What upstream would have in its hands for `curve`.
  ///
  /// Recorded smoothed losses are taken as they are. Where there are none, or upstream itself records raw losses and
  /// the curve has them, smoothing and stop rule are replayed on the raw losses. Our recordings end at the first loss
  /// that is not finite; a program whose stop rule does not, goes on to the end of the schedule with losses that are
  /// NaN, because the parameters are, and these points are replayed too.
  public func recording(of curve: LossCurve) -> UpstreamRecording {
    var warnings: [String] = []
    if let shape = curve.header.schedule?.shape, !schedules.contains(shape) {
      warnings.append(
        "\(project) cannot record \(shape.rawValue) schedules: its rule was never meant for this curve")
    }
    let requested = curve.requestedPoints ?? curve.count
    if let recorded = curve.smoothedLosses, smoothing != nil || curve.rawLosses == nil {
      if smoothing == nil {
        warnings.append("\(project) reads raw losses, but this curve holds smoothed ones only")
      }
      return UpstreamRecording(
        learningRates: curve.learningRates, losses: recorded, requestedPoints: requested, warnings: warnings,
        curvePoints: curve.count)
    }
    let further = furtherRates(of: curve)
    let learningRates = curve.learningRates + (further ?? [])
    let raw = curve.losses + Array(repeating: .nan, count: learningRates.count - curve.count)
    let losses = smoothing?(raw) ?? raw
    let (points, stopped) = stopRule.replay(on: losses)
    let kept = min(points, pointsUpToHighestRate(of: learningRates))
    if !stopped, kept == losses.count, let warning = warning(about: curve, isContinued: further != nil) {
      warnings.append(warning)
    }
    return UpstreamRecording(
      learningRates: Array(learningRates.prefix(kept)), losses: Array(losses.prefix(kept)),
      requestedPoints: requested, warnings: warnings, curvePoints: curve.count)
  }

  /// The rates of the steps that a recording which ended at a non-finite loss did not take; nil if they are not known.
  private func furtherRates(of curve: LossCurve) -> [Double]? {
    guard curve.stop == .nonFinite, curve.count != curve.requestedPoints else { return [] }
    guard let schedule = curve.header.schedule, schedule.steps <= Self.mostSteps else { return nil }
    guard curve.count < schedule.steps else { return [] }
    // A parameter group's rates are those of the schedule times a factor.
    let last = curve.count - 1
    let factor = curve.learningRates[last] / schedule.rate(at: last)
    return (curve.count..<schedule.steps).map { schedule.rate(at: $0) * factor }
  }

  /// A schedule of more steps is an error in the file rather than a range test; its lists would fill the memory.
  private static let mostSteps = 10_000_000

  /// What upstream would have recorded beyond the whole of `curve`, where that cannot be replayed.
  private func warning(about curve: LossCurve, isContinued: Bool) -> String? {
    switch curve.stop {
    case .diverged:
      return "the recording ended before \(project) would have ended it; record with --stop none to compare"
    case .interrupted:
      return "the recording was interrupted, and \(project) would have gone on"
    case .nonFinite where !isContinued:
      return
        "the recording ended at a loss that is not finite, where \(project) goes on; its further points are not "
        + "replayed, because the file names no schedule of at most \(Self.mostSteps) steps"
    case .nonFinite, .completed, .unknown: return nil
    }
  }

  /// The first step is taken at any rate.
  private func pointsUpToHighestRate(of learningRates: [Double]) -> Int {
    guard let highestRate else { return learningRates.count }
    return max(1, learningRates.firstIndex { $0 > highestRate } ?? learningRates.count)
  }
}
