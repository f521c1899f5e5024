import StrategyKit

/// How FastAI.jl records: raw losses, stopped once one exceeds 4 times the best.
///
/// Julia's `min` lets a NaN become the best, after which nothing stops.
///
/// Source: FluxML/FastAI.jl 1570f80, `src/training/lrfind.jl`, `lrfind`.
let fastAIJuliaRecorder = UpstreamRecorder(
  project: "FastAI.jl", smoothing: nil, stopRule: UpstreamStopRule(factor: 4, notANumber: .becomesBest))

extension UpstreamRecording {
  /// The indices of `list[n÷3:end]`, which Julia counts from 1; nil where n÷3 is 0 and Julia raises a `BoundsError`.
  func upperTwoThirds(of listCount: Int) -> Range<Int>? {
    let start = count / 3
    return start >= 1 ? start - 1..<listCount : nil
  }

  /// The abstention for fewer than three points.
  func juliaRaisesBoundsError() -> Suggestion {
    upstreamRaises("FastAI.jl raises BoundsError: it indexes from \(count) ÷ 3 = 0, and Julia counts from 1")
  }
}

/// The index of the least value as Julia's `argmin` finds it: the first NaN if there is one, else the first of the
/// least, −0 below +0; nil for no values.
func juliaArgmin(in indices: Range<Int>, _ value: (Int) -> Double) -> Int? {
  guard var best = indices.first else { return nil }
  var least = value(best)
  for index in indices.dropFirst() where !least.isNaN {
    let next = value(index)
    let isLessZero = next == 0 && least == 0 && next.sign == .minus && least.sign == .plus
    if next < least || next.isNaN || isLessZero {
      best = index
      least = next
    }
  }
  return best
}
