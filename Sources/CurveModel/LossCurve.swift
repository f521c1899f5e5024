/// The recording of one learning-rate range test: the rate and the loss of every step.
///
/// A curve stores what happened and nothing that was concluded from it. Smoothing, windows and strategies are
/// applied later, by whoever reads it.
///
/// Invariants, established by the throwing initialiser: at least one point; all arrays equally long; learning rates
/// finite, positive and strictly increasing; as many parameter groups in every step, at least one; skipped steps
/// increasing indices of the curve. Losses may be anything, also NaN and infinite: a diverged step is data.
public struct LossCurve: Sendable, Equatable {
  /// What was trained and how the rate was raised, as far as it is known.
  public let header: CurveHeader
  /// The learning rate applied in each step; positive, strictly increasing.
  public let learningRates: [Double]
  /// The loss of each step's batch before its update, if it was recorded.
  public let rawLosses: [Double]?
  /// The smoothed loss the recording program kept, if it kept one.
  public let smoothedLosses: [Double]?
  /// The rates of every parameter group, `[step][group]`, where the groups differ.
  public let groupLearningRates: [[Double]]?
  /// Steps whose update was skipped (mixed-precision overflow, for instance), as increasing indices.
  public let skippedSteps: [Int]
  /// What the sweep recorded besides the loss.
  public let diagnostics: StepDiagnostics
  /// Why the recording ended.
  public let stop: StopReason

  /// Makes a curve and checks its invariants.
  ///
  /// - Throws: ``CurveError`` naming the first violation and its index.
  public init(
    header: CurveHeader = CurveHeader(), learningRates: [Double], rawLosses: [Double]?,
    smoothedLosses: [Double]? = nil, groupLearningRates: [[Double]]? = nil, skippedSteps: [Int] = [],
    diagnostics: StepDiagnostics = StepDiagnostics(), stop: StopReason = .unknown
  ) throws(CurveError) {
    guard !learningRates.isEmpty else { throw .noPoints }
    try Self.checkRates(learningRates)
    let count = learningRates.count
    guard rawLosses != nil || smoothedLosses != nil else { throw .noLosses }
    for (name, losses) in [("raw losses", rawLosses), ("smoothed losses", smoothedLosses)] {
      if let losses, losses.count != count {
        throw .mismatchedLengths("learning rates", count, name, losses.count)
      }
    }
    if let groups = groupLearningRates { try Self.checkGroups(groups, steps: count) }
    if let (name, found) = diagnostics.firstSeries(notOfLength: count) {
      throw .mismatchedLengths("learning rates", count, name, found)
    }
    try Self.checkSkippedSteps(skippedSteps, steps: count)
    self.header = header
    self.learningRates = learningRates
    self.rawLosses = rawLosses
    self.smoothedLosses = smoothedLosses
    self.groupLearningRates = groupLearningRates
    self.skippedSteps = skippedSteps
    self.diagnostics = diagnostics
    self.stop = stop
  }

  private static func checkRates(_ rates: [Double]) throws(CurveError) {
    var previous = 0.0
    for (index, rate) in rates.enumerated() {
      guard rate > 0, rate.isFinite else { throw .badRate(index: index, rate: rate) }
      guard rate > previous else { throw .rateDoesNotIncrease(index: index, rate: rate, previous: previous) }
      previous = rate
    }
  }

  private static func checkGroups(_ groups: [[Double]], steps: Int) throws(CurveError) {
    guard groups.count == steps else {
      throw .mismatchedLengths("learning rates", steps, "rates of parameter groups", groups.count)
    }
    let width = groups[0].count
    for (step, rates) in groups.enumerated() where rates.count != width || rates.isEmpty {
      throw .mismatchedLengths("parameter groups in step 0", width, "in step \(step)", rates.count)
    }
  }

  private static func checkSkippedSteps(_ skipped: [Int], steps: Int) throws(CurveError) {
    var previous = -1
    for step in skipped {
      guard step > previous, step < steps else {
        throw .wrongType(
          place: "the list of skipped steps", expected: "increasing indices from 0 to \(steps - 1)",
          found: "\(step)")
      }
      previous = step
    }
  }

  /// The number of recorded steps.
  public var count: Int { learningRates.count }

  /// The raw losses, or the smoothed ones where only those were recorded.
  public var losses: [Double] { rawLosses ?? smoothedLosses ?? [] }

  /// The number of points the range test was asked for, which several upstream rules use for their windows.
  ///
  /// Nil where the recording does not say it; the number of recorded points is then only a lower bound.
  public var requestedPoints: Int? { header.requestedPoints ?? header.schedule?.steps }

  /// The same curve with the requested number of points set to `count`.
  public func requesting(points count: Int) throws(CurveError) -> LossCurve {
    var header = header
    header.requestedPoints = count
    return try LossCurve(
      header: header, learningRates: learningRates, rawLosses: rawLosses, smoothedLosses: smoothedLosses,
      groupLearningRates: groupLearningRates, skippedSteps: skippedSteps, diagnostics: diagnostics, stop: stop
    )
  }

  /// The same curve over the rates of parameter group `group`, where the groups' rates were recorded.
  func following(group: Int) throws(CurveError) -> LossCurve {
    guard let groupLearningRates else { return self }
    return try LossCurve(
      header: header, learningRates: groupLearningRates.map { $0[group] }, rawLosses: rawLosses,
      smoothedLosses: smoothedLosses, groupLearningRates: groupLearningRates, skippedSteps: skippedSteps,
      diagnostics: diagnostics, stop: stop)
  }
}

/// Why a range test ended.
public enum StopReason: String, Sendable, CaseIterable {
  /// All requested steps were taken.
  case completed
  /// The stop rule found that the loss had blown up.
  case diverged
  /// A loss was NaN or infinite.
  case nonFinite
  /// The recording was cut off: by a signal, a crash, a full disk.
  case interrupted
  /// The file does not say.
  case unknown
}
