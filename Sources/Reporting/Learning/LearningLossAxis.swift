/// The losses that a learning curve's axis shows: all of a training that learns, and of one that does not so much that
/// the rest stays legible.
struct LearningLossAxis: Equatable {
  /// From the lowest to the highest loss shown, with margins.
  let range: ClosedRange<Double>
  /// How many losses of steps and evaluations lie outside, infinite ones not counted.
  let cut: Int
  /// How many are infinite or not a number.
  let notFinite: Int

  /// A loss may rise to so many times its fall, or level, at the start and is still shown.
  private static let reach = 3.0

  init(_ curve: LearningCurve) {
    let raw = curve.steps.map(\.loss)
    let validation = curve.evaluations.map(\.loss)
    let finite = (raw + validation).filter(FigureRange.isDrawable)
    // A training too short for a line has nothing but its batches.
    let training = curve.smoothed.isEmpty ? raw : curve.smoothed
    let main = (validation + training).filter(FigureRange.isDrawable)
    let kept = main.isEmpty ? finite : main
    notFinite = (raw + validation).count { !$0.isFinite }
    guard let low = kept.min(), let high = kept.max(), let start = kept.first else {
      (range, cut) = (0...1, (raw + validation).count(where: \.isFinite))
      return
    }
    let ceiling = start + Self.reach * max(start - low, start.magnitude)
    // Batches may stray a little further than what is evaluated and smoothed.
    let top = min(high, ceiling)
    let stray = max(0.3 * (top - low), 0.02 * top.magnitude)
    let near = finite.filter { $0 >= low - stray && $0 <= top + stray }
    let (least, most) = (min(low, near.min() ?? low), max(top, near.max() ?? top))
    let margin = most > least ? 0.05 * (most - least) : max(0.05 * most.magnitude, 1e-6)
    let range = (least - margin)...(most + margin)
    self.range = range
    cut = (raw + validation).count { $0.isFinite && !range.contains($0) }
  }
}
