public import CurveModel

/// What a range test looks like, in numbers that do not depend on the unit of the loss.
///
/// Scaling all losses, or adding a constant to them, changes no feature (but those of gradients, where the scale of the
/// gradients must change with that of the losses). Places are log10 of learning rates. They are read off ``Descent``, which is
/// smoothed without lag, so that a place lies where the loss really was.
///
/// What the sweep recorded besides the loss gives further features; those of a recording without it are absent.
public struct CurveFeatures: Sendable, Equatable {
  /// The values in the order of `CurveFeature.allCases`; nil where the recording does not tell.
  private let values: [Double?]
  /// One sentence for each doubt about the curve.
  public let warnings: [String]
  /// The number of the curve's points that took part.
  public let usedPoints: Int

  /// Reads the features of `curve`.
  ///
  /// - Throws: ``Abstention`` as `Descent.init(of:bandwidth:)` does: the curve is too short, flat, never falls beyond its
  ///   noise, blows up before it falls, or is not finite from the start.
  public init(of curve: LossCurve) throws(Abstention) {
    try self.init(of: curve, descent: Descent(of: curve, bandwidth: Self.bandwidth))
  }

  /// Reads the features of a curve whose descent is known.
  ///
  /// - Parameters:
  ///   - curve: Any curve.
  ///   - descent: That of `curve`.
  public init(of curve: LossCurve, descent: Descent) {
    let shape = DescentShape(descent)
    // A curve too narrow for the wide window lacks the features that are read on it.
    let wide = (try? Descent(of: curve, bandwidth: Self.wideBandwidth)).map { DescentShape($0) }
    let motion = SweepMotion(curve, fall: descent.fall, halfway: shape.place(ofFall: 0.5))
    values = CurveFeature.allCases.map { feature in
      let value = shape.value(of: feature) ?? wide?.value(ofWide: feature) ?? motion?.value(of: feature)
      return value.flatMap { $0.isFinite ? $0 : nil }
    }
    warnings = descent.warnings
    usedPoints = descent.usedPoints
  }

  /// The value of a feature, in its unit and finite; nil where the recording does not tell.
  public subscript(feature: CurveFeature) -> Double? { values[feature.position] }

  /// log10 of the rate in the middle between a quarter and half of the fall.
  public var secondQuarterOfFall: Double? {
    guard let quarter = self[.fall25], let half = self[.fall50] else { return nil }
    return (quarter + half) / 2
  }

  /// log10 of the rate halfway between a quarter of the fall and the smallest loss, both smoothed over a decade.
  public var halfwayDown: Double? {
    guard let quarter = self[.wideFall25], let minimum = self[.wideMinimum] else { return nil }
    return (quarter + minimum) / 2
  }

  /// The smoothing window's standard deviation, in decades: narrower than that of strategies which read one place,
  /// because here places are compared.
  public static let bandwidth = 0.15
  /// The smoothing window's standard deviation of the wide features, in decades.
  ///
  /// A window of a whole decade balances what the loss gains below a rate against what it loses above, so that a place
  /// depends less on how many losses a decade has.
  public static let wideBandwidth = 1.0
}

/// One number about a range test; see ``CurveFeatures``.
public enum CurveFeature: String, Sendable, CaseIterable, Codable {
  /// Where the smoothed loss has fallen by 10 % of its fall, for the last time before its minimum.
  case fall10 = "fall-10"
  /// Where it has fallen by a quarter.
  case fall25 = "fall-25"
  /// Where it has fallen by half.
  case fall50 = "fall-50"
  /// Where it has fallen by three quarters.
  case fall75 = "fall-75"
  /// Where it has fallen by 90 %.
  case fall90 = "fall-90"
  /// Where it falls most steeply per decade.
  case steepest
  /// Where it is lowest.
  case minimum
  /// Where it has risen again by 10 % of its fall; the end of the descent where it never does.
  case rise10 = "rise-10"
  /// Where it has risen again by a quarter; the end of the descent where it never does.
  case rise25 = "rise-25"
  /// Where the descent ends: the loss blows up, or the curve ends.
  case blowUp = "blow-up"
  /// log10 of the fall over the noise of a single loss.
  case clearness
  /// The steepest slope, in falls per decade.
  case steepness
  /// From 90 % of the fall to a quarter of the rise, in decades.
  case valleyLength = "valley-length"
  /// The second derivative at the minimum, in falls per squared decade.
  case curvature
  /// How many stretches fall at least half as steeply as the steepest.
  case descents
  /// The late half of the fall (from 50 to 90 %) minus its early half (from 10 to 50 %), in decades.
  case lateness
  /// Where the loss has fallen by a quarter, smoothed over a decade.
  case wideFall25 = "wide-fall-25"
  /// Where it falls most steeply, smoothed over a decade.
  case wideSteepest = "wide-steepest"
  /// Where it is lowest, smoothed over a decade.
  case wideMinimum = "wide-minimum"
  /// log10 of how many losses a decade of the sweep has: with more of them the loss falls at lower rates.
  case density
  /// Where the update has 1 % of the norm of the weights.
  case updateRatio = "update-ratio"
  /// Where the weights have moved by a hundredth of their norm.
  case distance1 = "distance-1"
  /// Where they have moved by a tenth of their norm.
  case distance10 = "distance-10"
  /// Where they have moved by 30 % of their norm.
  case distance30 = "distance-30"
  /// log10 of the largest over the median gradient norm, before the network moves: the tail of the gradients' noise.
  case gradientTail = "gradient-tail"
  /// The standard deviation of log10 of the gradient norm, before the network moves.
  case gradientSpread = "gradient-spread"
  /// log10 of the fall that the gradients promised until half of the fall was done, over that half (Armijo's ratio).
  case promise
  /// log10 of the Polyak step: the whole fall over the squared gradient norm before the network moves.
  case polyak
  /// log10 of the rate of DoG when half of the fall is done: the largest distance over the root of all squared gradients.
  case distanceOverGradients = "distance-over-gradients"

  /// The place in `allCases`.
  var position: Int { Self.positions[self] ?? 0 }
  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })
}
