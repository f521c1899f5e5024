public import CurveModel
public import StrategyKit

/// Lightning's `lr_find().suggestion()` since version 2.5.3: the steepest fall by the rate itself.
///
/// argmin of PyTorch's gradient of the finite `losses[skip-begin:-skip-end]` with the rates as coordinates, in single
/// precision; the answer is the recorded rate at that point. With the distances a and b to the left and right
/// neighbour, the gradient inside is −b/(a(a+b))·y₋ + (b−a)/(ab)·y + a/(b(a+b))·y₊.
///
/// Source: Lightning-AI/pytorch-lightning 7f0c343, `src/lightning/pytorch/tuner/lr_finder.py`; `torch.gradient` of
/// PyTorch 2.13.
///
/// Where upstream fails: on an exponential sweep dL/dη = (dL/d ln η)/η, so that noise at the lowest rates outweighs the
/// real fall (Lightning issue 21141). It answers on any curve with two finite losses in its window.
public struct Lightning: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "lightning", version: "1.0",
    summary:
      "The rate where Lightning's smoothed loss falls most steeply by the rate, as from version 2.5.3 on.",
    meantFor: .unknown,
    source:
      "Lightning-AI/pytorch-lightning 7f0c343, src/lightning/pytorch/tuner/lr_finder.py, _LRFinder.suggestion",
    origin: .peer(project: "Lightning 2.5.3"),
    parameters: [LightningWindow.skipBegin.description, LightningWindow.skipEnd.description])

  /// Makes the strategy.
  public init() {}

  /// What `suggestion()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = lightningRecorder.recording(of: curve)
    let window = pythonSlice(
      context[LightningWindow.skipBegin], -context[LightningWindow.skipEnd], of: recording.count)
    let finite = window.filter { Float(recording.losses[$0]).isFinite }
    let losses = finite.map { Float(recording.losses[$0]) }
    let learningRates = finite.map { Float(recording.learningRates[$0]) }
    guard let steepest = steepestFall(of: losses, by: learningRates) else {
      return recording.lightningReturnsNone()
    }
    return recording.suggestion(
      at: finite[steepest], usedPoints: finite.count,
      reason: "the steepest fall of the smoothed loss by the rate")
  }

  /// The index of the least gradient; nil for fewer than two points.
  private func steepestFall(of losses: [Float], by rates: [Float]) -> Int? {
    guard losses.count >= 2 else { return nil }
    let last = losses.count - 1
    return indexOfFirstMinimum(in: losses.indices) { index in
      if index == 0 { return (losses[1] - losses[0]) / (rates[1] - rates[0]) }
      let a = rates[index] - rates[index - 1]
      if index == last { return (losses[last] - losses[last - 1]) / a }
      let b = rates[index + 1] - rates[index]
      let left = -b / (a * (a + b)) * losses[index - 1]
      let middle = (b - a) / (a * b) * losses[index]
      let right = a / (b * (a + b)) * losses[index + 1]
      return left + middle + right
    }
  }
}
