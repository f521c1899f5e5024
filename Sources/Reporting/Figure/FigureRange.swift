/// The loss axis of a figure, chosen so that it shows the descent.
///
/// A blow-up at the right end, or a spike, would flatten everything else if the axis simply held all losses.
/// The axis therefore spans the descent: from the level at which the curve starts down to its lowest point,
/// both taken on a running median, which a spike cannot move. Whatever lies within half of that span beyond
/// it is let in; what lies further out is cut off and counted. Where that would cut off more than half of the losses, as of
/// a trained network with hardly anything left to fall, the axis reaches up to three quarters of them. The choice follows the losses when they are
/// scaled or shifted; only a flat curve, which has no span of its own, gets one from its level.
public struct FigureRange: Sendable, Equatable {
  /// The losses that the axis spans, margins included.
  public let losses: ClosedRange<Double>
  /// How many recorded or smoothed losses lie above the axis, infinite ones not counted.
  public let cutAbove: Int
  /// How many recorded or smoothed losses lie below the axis.
  public let cutBelow: Int
  /// The highest finite loss above the axis.
  public let highestCut: Double?
  /// The lowest finite loss below the axis.
  public let lowestCut: Double?
  /// How many recorded losses are infinite or not a number.
  public let notFinite: Int

  /// The axis for a figure's points, smoothed line and marks.
  public init(_ figure: CurveFigure) {
    let raw = figure.points.map(\.loss).filter(Self.isDrawable)
    let smooth = figure.smoothed.map(\.loss).filter(Self.isDrawable)
    let marks = figure.marks.map(\.point.loss).filter(Self.isDrawable)
    let descent = Self.descent(of: raw.isEmpty ? (smooth.isEmpty ? marks : smooth) : raw)
    let wide = Self.widened(descent, by: [raw, smooth, marks].flatMap { $0 })
    losses = Self.withMargins(Self.raised(wide, over: raw))
    let top = losses.upperBound
    let bottom = losses.lowerBound
    let finite = (figure.points + figure.smoothed).map(\.loss).filter(\.isFinite)
    cutAbove = finite.count { $0 > top }
    cutBelow = finite.count { $0 < bottom }
    highestCut = finite.max().flatMap { $0 > top ? $0 : nil }
    lowestCut = finite.min().flatMap { $0 < bottom ? $0 : nil }
    notFinite = figure.points.count { !$0.loss.isFinite }
  }

  /// Losses beyond this magnitude are cut off always, so that no sum of a few of them overflows.
  static let largestMagnitude = 1e300

  /// From so many points on a running median over three of them hides a spike and keeps the curve.
  private static let fewestPoints = 5

  static func isDrawable(_ loss: Double) -> Bool { loss.magnitude <= largestMagnitude }

  /// The start level and the lowest point of a curve; 0…1 for a curve without losses.
  private static func descent(of losses: [Double]) -> ClosedRange<Double> {
    let calm = runningMedian(losses)
    guard let bottom = calm.min(), let bottomIndex = calm.firstIndex(of: bottom) else { return 0...1 }
    // Too few points to tell a spike from a curve.
    guard calm.count >= fewestPoints else { return bottom...(calm.max() ?? bottom) }
    let startCount = max(3, calm.count / 10)
    // A curve whose lowest point is its start rises from there: there is no descent, so all of it is shown.
    let shown = bottomIndex + 1 >= startCount ? Array(calm[...bottomIndex]) : calm
    let startLevel = median(shown.prefix(startCount))
    let middleLevel = median(shown[...])
    let ceiling = max(startLevel + (startLevel - bottom), middleLevel + 2 * (middleLevel - bottom))
    return bottom...(shown.filter { $0 <= ceiling }.max() ?? bottom)
  }

  /// The range with every value within half of its span beyond it.
  private static func widened(_ range: ClosedRange<Double>, by losses: [Double]) -> ClosedRange<Double> {
    let reach = (range.upperBound - range.lowerBound) / 2
    let near = losses.filter { $0 >= range.lowerBound - reach && $0 <= range.upperBound + reach }
    return min(
      range.lowerBound, near.min() ?? range.lowerBound)...max(
        range.upperBound, near.max() ?? range.upperBound)
  }

  /// The range up to three quarters of the losses, where more than half of them lie above it.
  private static func raised(_ range: ClosedRange<Double>, over losses: [Double]) -> ClosedRange<Double> {
    guard 2 * losses.count(where: { $0 > range.upperBound }) > losses.count else { return range }
    return range.lowerBound...losses.sorted()[3 * (losses.count - 1) / 4]
  }

  /// The range with 6 % of its span free at both ends; a flat one gets 5 % of its level, or 1 at level zero.
  private static func withMargins(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let span = range.upperBound - range.lowerBound
    let level = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    // Twelve digits: below that the ticks of the axis could not be told apart.
    let isFlat = span <= level * 1e-12
    let margin = isFlat ? (level > 1e-300 ? level * 0.05 : 1) : span * 0.06
    return (range.lowerBound - margin)...(range.upperBound + margin)
  }

  /// The running median over one fiftieth of the curve, at least three points where there are five or more.
  ///
  /// A long curve is looked at in about two thousand places, so that the work stays linear.
  private static func runningMedian(_ losses: [Double]) -> [Double] {
    guard losses.count >= fewestPoints else { return losses }
    // Bounded, since the work grows with the window and no spike to be hidden is wider.
    let reach = min(max(1, losses.count / 100), 25)
    return stride(from: 0, to: losses.count, by: max(1, losses.count / 2000)).map { index in
      // As wide at the ends as elsewhere, else a spike there would be its own median.
      let start = min(max(0, index - reach), losses.count - 1 - 2 * reach)
      return median(losses[start...start + 2 * reach])
    }
  }

  /// The middle value, the lower of two; zero for none.
  private static func median(_ losses: ArraySlice<Double>) -> Double {
    losses.isEmpty ? 0 : losses.sorted()[(losses.count - 1) / 2]
  }
}
