/// Collects the steps of a range test into a curve.
public struct CurveBuilder: Sendable {
  private var learningRates: [Double] = []
  private var losses: [Double] = []
  private var smoothedLosses: [Double] = []
  private var groupLearningRates: [[Double]] = []
  private var skippedSteps: [Int] = []
  private var series: [[Double]] = Array(repeating: [], count: StepDiagnostics.keys.count)

  /// Starts without steps.
  public init() {}

  /// The number of steps so far.
  public var count: Int { learningRates.count }

  /// Adds a step.
  public mutating func append(_ step: CurveStep) { append(step, loss: step.loss, smoothedLoss: nil) }

  /// Adds a step with the losses that its recording has; inlined, because files of a million steps are read through it.
  @inline(__always)
  mutating func append(_ step: CurveStep, loss: Double?, smoothedLoss: Double?) {
    if step.skipped { skippedSteps.append(count) }
    learningRates.append(step.learningRate)
    if let loss { losses.append(loss) }
    if let smoothedLoss { smoothedLosses.append(smoothedLoss) }
    if let rates = step.groupLearningRates { groupLearningRates.append(rates) }
    for index in series.indices {
      if let value = step[quantity: index] { series[index].append(value) }
    }
  }

  /// The curve of all steps.
  ///
  /// - Throws: ``CurveError/noPoints`` without a step, ``CurveError/mismatchedLengths(_:_:_:_:)`` if a quantity was
  ///   measured in some of the steps only, or another violation of ``LossCurve``'s invariants.
  public func curve(header: CurveHeader, stop: StopReason) throws(CurveError) -> LossCurve {
    var diagnostics = StepDiagnostics()
    diagnostics.series = series.map { $0.isEmpty ? nil : $0 }
    return try LossCurve(
      header: header, learningRates: learningRates, rawLosses: losses.isEmpty ? nil : losses,
      smoothedLosses: smoothedLosses.isEmpty ? nil : smoothedLosses,
      groupLearningRates: groupLearningRates.isEmpty ? nil : groupLearningRates, skippedSteps: skippedSteps,
      diagnostics: diagnostics, stop: stop)
  }
}
