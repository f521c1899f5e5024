/// The lists an upstream rule works on.
///
/// Indices count from 0 and equal those of the whole curve.
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

  /// The suggestion upstream reads off the point at `index`.
  ///
  /// - Parameters:
  ///   - index: The point upstream marks in its plot.
  ///   - learningRate: What upstream returns; the point's rate if nil. A number that is no learning rate, such as the
  ///     zero of a rate too small for single precision, becomes an abstention.
  ///   - interval: The range upstream returns, if it returns one.
  ///   - usedPoints: The number of points in the rule's window.
  ///   - reason: One sentence that explains the number, without a full stop.
  public func suggestion(
    at index: Int, learningRate: Double? = nil, interval: ClosedRange<Double>? = nil, usedPoints: Int,
    reason: String
  ) -> Suggestion {
    let rate = learningRate ?? learningRates[index]
    guard rate > 0, rate.isFinite else {
      return .abstention(
        Abstention(.outsideRange, "upstream returns \(rate), which is no learning rate", warnings: warnings))
    }
    return .rate(
      SuggestedRate(
        learningRate: rate, interval: interval,
        point: CurvePoint(index: index, learningRate: learningRates[index], loss: losses[index]),
        usedPoints: usedPoints, reason: reason, warnings: warnings))
  }

  /// The abstention of a peer whose program raises an error or returns nothing.
  ///
  /// - Parameter what: What upstream raises and why, without a full stop: "IndexError: …".
  public func upstreamRaises(_ what: String) -> Suggestion {
    .abstention(Abstention(.upstreamRaises, what, warnings: warnings))
  }
}
