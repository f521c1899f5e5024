public import CurveModel
public import CurveSmoothing

/// How an upstream program records a range test: its smoothing, its stop rule and its schedule.
///
/// Upstream rules read what their own program recorded. On one of our raw recordings they would see something else, so
/// a peer first replays what its program would have kept.
public struct UpstreamRecorder: Sendable {
  /// When upstream ends the recording.
  public enum StopRule: Sendable, Equatable {
    /// Never.
    case never
    /// Once the recorded loss exceeds `factor` times the best recorded loss, including the present one, from point
    /// `first` on. The point is kept.
    case multipleOfBest(factor: Double, first: Int)
  }

  /// The upstream project, for messages.
  public let project: String
  /// What it records for raw losses.
  public let recordedLosses: @Sendable ([Double]) -> [Double]
  /// When it ends the recording.
  public let stopRule: StopRule
  /// The forms of schedule it can produce.
  public let schedules: [RateSchedule.Shape]

  /// Describes a program that records an exponential average.
  public init(
    project: String, smoother: ExponentialSmoother?, stopRule: StopRule,
    schedules: [RateSchedule.Shape] = [.exponential]
  ) {
    self.init(
      project: project, recordedLosses: { smoother?.replay($0) ?? $0 }, stopRule: stopRule, schedules: schedules)
  }

  /// Describes a program that records its own function of the raw losses.
  public init(
    project: String, recordedLosses: @escaping @Sendable ([Double]) -> [Double], stopRule: StopRule,
    schedules: [RateSchedule.Shape] = [.exponential]
  ) {
    self.project = project
    self.recordedLosses = recordedLosses
    self.stopRule = stopRule
    self.schedules = schedules
  }

  /// What upstream would have in its hands for `curve`: its recorded losses where the file carries recorded ones,
  /// else the replay of smoothing and stop rule on the raw losses.
  public func recording(of curve: LossCurve) -> UpstreamRecording {
    var warnings: [String] = []
    if let shape = curve.header.schedule?.shape, !schedules.contains(shape) {
      warnings.append("\(project) cannot record \(shape.rawValue) schedules: its rule was never meant for this curve")
    }
    let requested = curve.requestedPoints ?? curve.count
    if let recorded = curve.smoothedLosses {
      return UpstreamRecording(
        learningRates: curve.learningRates, losses: recorded, requestedPoints: requested, warnings: warnings)
    }
    let losses = recordedLosses(curve.losses)
    let kept = pointsBeforeStop(losses)
    if kept == losses.count, stopRule != .never, curve.stop == .diverged {
      warnings.append(
        "the recording ended before \(project)'s stop rule would have ended it; record with --stop none to compare")
    }
    return UpstreamRecording(
      learningRates: Array(curve.learningRates.prefix(kept)), losses: Array(losses.prefix(kept)),
      requestedPoints: requested, warnings: warnings)
  }

  private func pointsBeforeStop(_ losses: [Double]) -> Int {
    guard case .multipleOfBest(let factor, let first) = stopRule else { return losses.count }
    var best = Double.infinity
    for (index, loss) in losses.enumerated() {
      if loss < best { best = loss }
      if index >= first, loss > factor * best { return index + 1 }
    }
    return losses.count
  }
}

/// The lists an upstream rule works on. Indices count from 0 and equal those of the whole curve.
public struct UpstreamRecording: Sendable, Equatable {
  /// The recorded rates.
  public let learningRates: [Double]
  /// The recorded losses, as upstream smooths them; may be non-finite.
  public let losses: [Double]
  /// The number of points upstream was asked for.
  public let requestedPoints: Int
  /// One sentence for each thing upstream could not have recorded like this.
  public let warnings: [String]

  /// The number of recorded points.
  public var count: Int { losses.count }

  /// The suggestion of the rate at `index`, multiplied by `factor`, with the dot at that point.
  public func suggestion(
    at index: Int, times factor: Double = 1, learningRate: Double? = nil, usedPoints: Int? = nil, reason: String
  ) -> Suggestion {
    .rate(
      SuggestedRate(
        learningRate: learningRate ?? learningRates[index] * factor,
        point: CurvePoint(index: index, learningRate: learningRates[index], loss: losses[index]),
        usedPoints: usedPoints ?? count, reason: reason, warnings: warnings))
  }

  /// The abstention of a peer whose program raises an error or returns nothing.
  public func upstreamRaises(_ what: String) -> Suggestion {
    .abstention(Abstention(.upstreamRaises, what, warnings: warnings))
  }
}
