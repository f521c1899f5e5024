public import CurveModel

/// Collects the steps of a range test into a curve.
public struct CurveBuilder: Sendable {
  private var steps: [CurveStep] = []

  /// Starts without steps.
  public init() {}

  /// The number of steps so far.
  public var count: Int { steps.count }

  /// Adds a step.
  public mutating func append(_ step: CurveStep) { steps.append(step) }

  /// The curve of all steps.
  ///
  /// - Throws: ``CurveError/noPoints`` without a step.
  public func curve(header: CurveHeader, stop: StopReason) throws(CurveError) -> LossCurve {
    let series = (steps.first?.diagnostics ?? []).indices.map { series in
      steps.compactMap { $0.diagnostics[series] }
    }
    let column = { (index: Int) in
      series.indices.contains(index) && series[index].count == steps.count ? series[index] : nil
    }
    return try LossCurve(
      header: header, learningRates: steps.map(\.learningRate), rawLosses: steps.map(\.loss),
      groupLearningRates: steps.first?.groupLearningRates == nil
        ? nil : steps.map { $0.groupLearningRates ?? [] },
      skippedSteps: steps.indices.filter { steps[$0].skipped },
      diagnostics: StepDiagnostics(
        validationLoss: column(0), gradientNorm: column(1), parameterNorm: column(2), updateNorm: column(3),
        gradientUpdateProduct: column(4), distanceFromStart: column(5)),
      stop: stop)
  }
}
