public import CurveModel
import CurveSmoothing
public import StrategyKit

/// FastAI.jl's `MinDivByTen`: a tenth of the rate with the lowest smoothed loss.
///
/// η(argmin smoothed loss) / 10 over `[n÷3:end]`, counted from 1; β = 0.98, debiased. The dot is the minimum itself, on
/// the smoothed curve of the estimator.
///
/// Source: FluxML/FastAI.jl 1570f80, `src/training/lrfind.jl`, `MinDivByTen`.
///
/// Where upstream fails: it answers on any curve of three points; a NaN counts as the minimum.
public struct FastAIJuliaMinimum: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-julia-minimum", version: "1.0",
    summary: "A tenth of the rate with FastAI.jl's lowest smoothed loss, the first third left out.",
    meantFor: .peak,
    source: "FluxML/FastAI.jl 1570f80, src/training/lrfind.jl, MinDivByTen",
    origin: .peer(project: "FastAI.jl"))

  /// Makes the strategy.
  public init() {}

  /// What `estimatelr(MinDivByTen(), losses, lrs)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = fastAIJuliaRecorder.recording(of: curve)
    let smoothed = ExponentialSmoother.debiased.replay(recording.losses)
    guard let window = recording.upperTwoThirds(of: recording.count),
      let lowest = juliaArgmin(in: window, { smoothed[$0] })
    else { return recording.juliaRaisesBoundsError() }
    return recording.suggestion(
      at: lowest, learningRate: recording.learningRates[lowest] / 10, window: window,
      reason: "a tenth of the rate at the lowest smoothed loss")
  }
}
