/// The lists an upstream rule works on.
///
/// Indices count from 0 and equal those of the whole curve, behind whose last point the lists may go on with what
/// upstream would still have recorded.
public struct UpstreamRecording: Sendable, Equatable {
  /// The recorded rates.
  public let learningRates: [Double]
  /// The recorded losses, as upstream smooths them; may be non-finite.
  public let losses: [Double]
  /// The number of points upstream was asked for.
  public let requestedPoints: Int
  /// One sentence for each thing upstream could not have recorded like this.
  public let warnings: [String]
  /// The number of points of the curve; points behind them were not measured.
  let curvePoints: Int

  /// The number of recorded points.
  public var count: Int { losses.count }

  /// The suggestion upstream reads off the point at `index`.
  ///
  /// - Parameters:
  ///   - index: The point upstream marks in its plot. A point behind the curve's last one becomes an abstention.
  ///   - learningRate: What upstream returns; the point's rate if nil. A number that is no learning rate, such as the
  ///     zero of a rate too small for single precision, becomes an abstention.
  ///   - interval: The range upstream returns, if it returns one.
  ///   - window: Where the rule looks; the suggestion counts those of its points that the curve has.
  ///   - reason: One sentence that explains the number, without a full stop.
  public func suggestion(
    at index: Int, learningRate: Double? = nil, interval: ClosedRange<Double>? = nil, window: Range<Int>,
    reason: String
  ) -> Suggestion {
    suggestion(
      at: index, learningRate: learningRate, interval: interval,
      usedPoints: window.clamped(to: 0..<curvePoints).count, reason: reason)
  }

  /// The suggestion upstream reads off the point at `index`, with the number of the curve's points that took part.
  public func suggestion(
    at index: Int, learningRate: Double? = nil, interval: ClosedRange<Double>? = nil, usedPoints: Int,
    reason: String
  ) -> Suggestion {
    guard index < curvePoints else {
      return .abstention(
        Abstention(
          .outsideRange,
          "upstream picks point \(index), which it would have recorded after the loss stopped being a number at "
            + "point \(curvePoints - 1)", warnings: warnings))
    }
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
