public import CurveModel
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [ValleyStrategy.self]

/// The point two thirds down the longest valley.
///
/// A valley is a stretch over which the smoothed loss falls without ever rising again by more than its noise; its
/// length is measured in decades, from where the loss has left its upper level by 5 % of the stretch's fall to where
/// 2 % of it are left. The suggestion lies two thirds of the way, in log10 rate, from one to the other; the interval
/// reaches from half of the way to five sixths.
///
/// Source: the rule that ESRI proposed and fastai 2.8 ships as `valley`, as its documentation states it ("2/3 through
/// the longest valley"). fastai's code measures the longest decreasing subsequence in points and takes about half of it.
///
/// It fails where a long shallow fall precedes a short steep one: the shallow one is the longest valley.
public struct ValleyStrategy: SuggestionStrategy {
  static let depth = Parameter(
    "depth", default: 2.0 / 3, in: 0...1, "How far down the valley to go, as a share of its decades.")
  static let bandwidth = Parameter(
    "bandwidth", default: Descent.standardBandwidth, in: 0.02...2,
    "Standard deviation of the smoothing window, in decades; noise widens it up to fourfold.")

  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "valley", version: "1.0",
    summary: "The point two thirds down the longest valley of the smoothed loss.",
    meantFor: .peak, source: "ESRI's rule, fastai 2.8 valley as documented; on a lag-free smoothed curve",
    parameters: [depth.description, bandwidth.description])

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the rate off the smoothed descent, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    reading(curve, bandwidth: context[Self.bandwidth]) { descent throws(Abstention) in
      let valley = try longestValley(of: descent)
      let depth = context[Self.depth]
      let position = place(depth, of: valley, in: descent)
      let interval =
        place(0.75 * depth, of: valley, in: descent)...place((1 + depth) / 2, of: valley, in: descent)
      let from = descent.learningRate(at: valley.lowerBound).text(digits: 3)
      let to = descent.learningRate(at: valley.upperBound).text(digits: 3)
      return try descent.suggestion(
        at: position, interval: interval,
        reason: "the longest valley reaches from \(from) to \(to); \((100 * depth).text(digits: 2)) % down it"
      )
    }
  }

  /// The stretch of the most decades over which the loss falls, allowing for rises within the noise.
  private func longestValley(of descent: Descent) throws(Abstention) -> ClosedRange<Int> {
    let allowance = 2 * 2.0.squareRoot() * descent.standardError
    var longest: ClosedRange<Int>?
    var top = 0
    var bottom = 0
    for position in descent.losses.indices {
      let loss = descent.losses[position]
      if loss < descent.losses[bottom] { bottom = position }
      let isLast = position == descent.losses.count - 1
      // A rise beyond the noise ends the valley; so does a new top.
      if loss > descent.losses[bottom] + allowance + 0.01 * descent.fall || isLast {
        if let valley = trimmed(top...bottom, of: descent, beyond: allowance) {
          if longest.map({ decades(valley, descent) > decades($0, descent) }) ?? true { longest = valley }
        }
        top = position
        bottom = position
      } else if loss > descent.losses[top] {
        top = position
        bottom = position
      }
    }
    guard let longest else {
      throw Abstention(.neverFalls, "no stretch of the smoothed loss falls beyond its noise")
    }
    return longest
  }

  /// The stretch without its flat beginning and end; nil if it falls by less than `least`.
  private func trimmed(_ stretch: ClosedRange<Int>, of descent: Descent, beyond least: Double) -> ClosedRange<
    Int
  >? {
    let height = descent.losses[stretch.lowerBound]
    let depth = descent.losses[stretch.upperBound]
    let fall = height - depth
    guard fall > max(2 * least, 0.1 * descent.fall) else { return nil }
    let first = stretch.last { descent.losses[$0] >= height - 0.05 * fall } ?? stretch.lowerBound
    let last = stretch.first { descent.losses[$0] <= depth + 0.02 * fall } ?? stretch.upperBound
    return first...max(first, last)
  }

  private func decades(_ stretch: ClosedRange<Int>, _ descent: Descent) -> Double {
    descent.log10Rates[stretch.upperBound] - descent.log10Rates[stretch.lowerBound]
  }

  /// The position nearest to the share `depth` of the valley's decades.
  private func place(_ depth: Double, of valley: ClosedRange<Int>, in descent: Descent) -> Int {
    let target = descent.log10Rates[valley.lowerBound] + depth * decades(valley, descent)
    let nearest = valley.min {
      abs(descent.log10Rates[$0] - target) + 1e-9 < abs(descent.log10Rates[$1] - target)
    }
    return nearest ?? valley.lowerBound
  }
}
