public import CurveModel
import CurveSmoothing
import Glibc

/// The part of a range test in which the loss descends, smoothed without lag, with the curve's own noise.
///
/// The toolkit's strategies all read this. It takes the raw losses up to the first non-finite one, sets aside a spike
/// before the descent and the blow-up after it, replaces single outliers (GSL's Hampel filter), and fits local lines
/// under a Gaussian window that is as narrow as the noise allows. Every decision compares losses with losses: scaling the curve or
/// adding a constant changes no answer.
public struct Descent: Sendable {
  /// The smoothed curve, from where the descent can begin to where the loss blows up.
  public let log10Rates: [Double]
  /// The smoothed losses.
  public let losses: [Double]
  /// The slopes of the smoothed losses, per decade of learning rate.
  public let slopes: [Double]
  /// The loss level before the descent: the median of the first points.
  public let startLevel: Double
  /// The position of the smallest smoothed loss in these arrays.
  public let minimum: Int
  /// The last position at which a slope can be trusted: the minimum, or one window before it where the curve breaks
  /// off there, because a line fitted at an end has nothing on its other side.
  public let lastTrustedSlope: Int
  /// How far the loss falls from the start level to the minimum; positive.
  public let fall: Double
  /// The standard deviation of the noise of one raw loss.
  public let noise: Double
  /// The standard error of a smoothed loss.
  public let standardError: Double
  /// The standard error of a slope, per decade.
  public let slopeStandardError: Double
  /// The number of the curve's points that took part.
  public let usedPoints: Int
  /// How many of the curve's points a decade has; of a linear schedule, whose points crowd at its end, how many positions.
  let pointsPerDecade: Double
  /// One sentence for each doubt about the curve.
  public let warnings: [String]

  private let curve: LossCurve
  private let sourceIndices: [Int]

  /// The smoothing window's standard deviation where a strategy has no reason for another, in decades.
  ///
  /// The descent of a range test takes about one decade or more; a quarter of that leaves its shape alone.
  public static let standardBandwidth = 0.25
  /// The fewest points a curve can be read from.
  public static let fewestPoints = 10
  /// Values closer than this share of the fall count as equal, so that rounding decides nothing.
  static let tie = 1e-9

  /// Reads the descent of `curve`.
  ///
  /// - Parameters:
  ///   - curve: Any curve.
  ///   - bandwidth: The standard deviation of the smoothing window, in decades of learning rate; positive. Where noise
  ///     hides the slopes, the window is widened up to four times.
  /// - Throws: ``Abstention`` if the curve is too short, flat, never falls beyond its noise, blows up before it falls,
  ///   or is not finite from the start.
  public init(of curve: LossCurve, bandwidth: Double) throws(Abstention) {
    do throws(Abstention) {
      try self.init(reading: curve, bandwidth: bandwidth)
    } catch {
      var abstention = error
      abstention.warnings += Self.warnings(about: curve)
      throw abstention
    }
  }

  private static func warnings(about curve: LossCurve) -> [String] {
    curve.rawLosses == nil
      ? ["only smoothed losses are recorded: their lag moves the answer, and noise cannot be told from trend"]
      : []
  }

  private static func warning(ofFallToTheEnd reachesTheEnd: Bool, nonFiniteFrom rate: Double?) -> String {
    if !reachesTheEnd {
      return
        "the loss falls right up to its blow-up: rates near the suggestion may already fail, take a lower one if in doubt"
    }
    guard let rate else {
      return "the loss still falls where the curve ends: a test up to a higher rate would show more"
    }
    return "the loss is no number at \(rate.text(digits: 3)): nothing from there on was read"
  }

  private init(reading curve: LossCurve, bandwidth: Double) throws(Abstention) {
    self.curve = curve
    let decades = log10(curve.learningRates[curve.count - 1] / curve.learningRates[0])
    guard curve.count < Self.fewestPoints || decades >= 2 * bandwidth else {
      throw Abstention(
        .other, "the rates span \(decades.text(digits: 2)) decades only: a range test takes several")
    }
    let samples = try CurveSamples(finitePartOf: curve, bandwidth: bandwidth)
    let usable = try UsableRange(of: samples)
    let part = samples[usable.range]
    let spacing = (part.log10Rates[part.count - 1] - part.log10Rates[0]) / Double(part.count - 1)
    // Below one and a half points a Gaussian window holds next to nothing but its centre.
    let width = min(max(bandwidth / spacing, 1.5), Double(part.count) / 4)
    noise = noiseLevel(of: part.losses, log10Rates: part.log10Rates)
    let smoothing: AdaptedSmoothing
    let test: FallTest
    do throws(SmoothingError) {
      let despiked = try part.withoutOutliers()
      smoothing = try AdaptedSmoothing(despiked, width: width, noise: noise, spacing: spacing)
      test = try FallTest(
        despiked, level: usable.startLevel, levelPoints: usable.levelPoints, noise: noise, width: width)
    } catch {
      throw Abstention(.other, "the curve cannot be smoothed: \(error)")
    }
    guard test.passes else {
      let spread = (part.losses.max() ?? 0) - (part.losses.min() ?? 0)
      throw test.abstention(
        rises: samples.risesAtTheEnd(above: usable.startLevel + max(test.noiseReach, test.rounding)),
        spread: spread)
    }

    log10Rates = part.log10Rates
    sourceIndices = part.sourceIndices
    losses = smoothing.smoothed.values
    slopes = smoothing.smoothed.slopes
    startLevel = usable.startLevel
    usedPoints = part.pointCount
    pointsPerDecade =
      Double((part.count - 1) * part.evenBlockSize) / (part.log10Rates[part.count - 1] - part.log10Rates[0])
    minimum = Self.firstMinimum(of: losses)
    fall = startLevel - losses[minimum]
    standardError = noise * smoothing.smoother.valueStandardError
    slopeStandardError = smoothing.slopeStandardError
    let fallsToTheEnd = minimum >= losses.count - 2
    let window = Int(smoothing.smoother.standardDeviation.rounded(.up))
    lastTrustedSlope = fallsToTheEnd ? max(losses.count - 1 - window, minimum / 2) : minimum
    let reachesTheEnd = usable.range.upperBound == samples.count
    warnings =
      Self.warnings(about: curve)
      + (fallsToTheEnd
        ? [Self.warning(ofFallToTheEnd: reachesTheEnd, nonFiniteFrom: samples.firstNonFiniteRate)] : [])
  }

  private static func firstMinimum(of losses: [Double]) -> Int {
    let lowest = losses.min() ?? 0
    let tolerance = tie * ((losses.max() ?? 0) - lowest)
    return losses.firstIndex { $0 <= lowest + tolerance } ?? 0
  }

  // MARK: Places

  /// The learning rate at a position, as it was applied.
  public func learningRate(at position: Int) -> Double { curve.learningRates[sourceIndices[position]] }

  /// The dot on the curve at a position.
  public func point(at position: Int) -> CurvePoint {
    CurvePoint(
      index: sourceIndices[position], learningRate: learningRate(at: position), loss: losses[position])
  }

  /// The dot on the curve that is nearest to a rate, given as its log10; the first of equally near ones.
  public func point(nearestTo log10Rate: Double) -> CurvePoint {
    point(
      at: log10Rates.indices.min { abs(log10Rates[$0] - log10Rate) < abs(log10Rates[$1] - log10Rate) }
        ?? minimum)
  }

  /// log10 of the rate where the loss comes below a share of its fall for the last time before its minimum, between two
  /// points on a straight line.
  ///
  /// - Parameter share: From 0, the start level, to 1, the minimum.
  public func place(ofFall share: Double) -> Double {
    let level = startLevel - share * fall
    var index = minimum
    while index > 0, losses[index - 1] <= level { index -= 1 }
    return crossing(of: level, before: index)
  }

  /// Where the straight line from the point before `index` to that at `index` reaches a level.
  func crossing(of level: Double, before index: Int) -> Double {
    guard index > 0 else { return log10Rates[0] }
    let (before, after) = (losses[index - 1], losses[index])
    let share = after == before ? 1 : min(max((level - before) / (after - before), 0), 1)
    return log10Rates[index - 1] + share * (log10Rates[index] - log10Rates[index - 1])
  }

  /// The swept rates of the whole curve.
  public var sweptRates: ClosedRange<Double> { curve.learningRates[0]...curve.learningRates[curve.count - 1] }

  /// The longest run of positions around `position` at which `condition` holds.
  public func run(around position: Int, within bounds: Range<Int>, where condition: (Int) -> Bool)
    -> ClosedRange<Int>
  {
    var lower = position
    var upper = position
    while lower > bounds.lowerBound, condition(lower - 1) { lower -= 1 }
    while upper + 1 < bounds.upperBound, condition(upper + 1) { upper += 1 }
    return lower...upper
  }

  /// The position of the steepest descent left of the minimum, the first of equals.
  ///
  /// - Throws: ``Abstention`` if no slope there points down.
  public func steepest() throws(Abstention) -> Int {
    let left = slopes[0...lastTrustedSlope]
    let lowest = left.min() ?? 0
    guard lowest < 0 else {
      throw Abstention(.neverFalls, "the smoothed loss has no descent left of its minimum")
    }
    return left.firstIndex { $0 <= lowest - Self.tie * lowest } ?? minimum
  }

  /// A suggestion read off at `position`, whose rates are multiplied by `factor`.
  ///
  /// - Throws: ``Abstention`` if the suggestion lies outside the swept rates.
  public func suggestion(
    at position: Int, times factor: Double = 1, interval: ClosedRange<Int>, reason: String
  ) throws(Abstention) -> Suggestion {
    let swept = sweptRates
    let rate = learningRate(at: position) * factor
    guard swept.contains(rate) else {
      throw Abstention(
        .outsideRange,
        "the answer, \(rate.text(digits: 3)), lies outside the swept rates: start the range test at a lower rate",
        warnings: warnings)
    }
    // A place is never known better than to one sample to either side.
    let first = min(interval.lowerBound, max(position - 1, 0))
    let last = max(interval.upperBound, min(position + 1, losses.count - 1))
    let low = max(learningRate(at: first) * factor, swept.lowerBound)
    let high = min(learningRate(at: last) * factor, swept.upperBound)
    return .rate(
      SuggestedRate(
        learningRate: rate, interval: min(low, rate)...max(high, rate), point: point(at: position),
        usedPoints: usedPoints, reason: reason, warnings: warnings))
  }
}

extension SuggestionStrategy {
  /// Runs `rule` on the curve's descent; what it throws is the answer.
  ///
  /// - Parameters:
  ///   - curve: Any curve.
  ///   - bandwidth: The smoothing window's standard deviation, in decades.
  ///   - rule: Reads a rate off the descent.
  public func reading(
    _ curve: LossCurve, bandwidth: Double, _ rule: (Descent) throws(Abstention) -> Suggestion
  ) -> Suggestion {
    do throws(Abstention) {
      return try rule(try Descent(of: curve, bandwidth: bandwidth))
    } catch {
      return .abstention(error)
    }
  }
}
