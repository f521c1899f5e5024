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
    project: String, smoother: ExponentialSmoother, stopRule: UpstreamStopRule,
    schedules: [RateSchedule.Shape] = [.exponential]
  ) {
    self.init(project: project, smoothing: { smoother.replay($0) }, stopRule: stopRule, schedules: schedules)
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
  /// the curve has them, smoothing and stop rule are replayed on the raw losses.
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
        learningRates: curve.learningRates, losses: recorded, requestedPoints: requested, warnings: warnings)
    }
    let losses = smoothing?(curve.losses) ?? curve.losses
    let (points, stopped) = stopRule.replay(on: losses)
    let kept = min(points, pointsUpToHighestRate(of: curve))
    if !stopped, kept == losses.count, curve.stop == .diverged {
      warnings.append(
        "the recording ended before \(project) would have ended it; record with --stop none to compare")
    }
    return UpstreamRecording(
      learningRates: Array(curve.learningRates.prefix(kept)), losses: Array(losses.prefix(kept)),
      requestedPoints: requested, warnings: warnings)
  }

  /// The first step is taken at any rate.
  private func pointsUpToHighestRate(of curve: LossCurve) -> Int {
    guard let highestRate else { return curve.count }
    return max(1, curve.learningRates.firstIndex { $0 > highestRate } ?? curve.count)
  }
}
