/// The files of a new strategy: a working rule to change, and a test that holds it to the contract.
struct StrategyTemplate {
  let name: StrategyName

  var source: String {
    """
    public import CurveModel
    public import StrategyKit

    /// This target's strategies.
    public let strategies: [any SuggestionStrategy.Type] = [\(name.module).self]

    /// The rate at which the loss has come a share of its way down.
    ///
    /// Say here what the rule reads off the curve, where it comes from, and when it fails.
    public struct \(name.module): SuggestionStrategy {
      static let share = Parameter("share", default: 0.5, in: 0...1, "The share of the fall to wait for.")

      /// Name, meaning and parameters.
      public static let descriptor = StrategyDescriptor(
        name: "\(name.command)", version: "1.0",
        summary: "The rate at which the smoothed loss has come half of its way down.",
        meantFor: .peak, source: "this project", parameters: [share.description])

      /// Makes the strategy; it has no state.
      public init() {}

      /// Reads the rate off the smoothed descent, or abstains.
      public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError) -> Suggestion {
        // `reading` smooths the curve, measures its noise and abstains where nothing can be read.
        reading(curve, bandwidth: Descent.standardBandwidth) { descent throws(Abstention) in
          let level = descent.startLevel - context[Self.share] * descent.fall
          let place = descent.losses.firstIndex { $0 <= level } ?? descent.minimum
          return try descent.suggestion(
            at: place, interval: place...place, reason: "the smoothed loss has come half of its way down")
        }
      }
    }

    """
  }

  var tests: String {
    """
    import StrategyKit
    import StrategyTesting
    import Testing

    @testable import \(name.module)

    @Suite struct \(name.module)Tests {
      @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
      func keepsTheContract(_ check: ContractCheck) {
        #expect(check.violations(by: \(name.module)::\(name.module).self) == [])
      }

      @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
      func answers(_ sample: SampleCurve) throws {
        let suggestion = try \(name.module)::\(name.module)().suggestion(for: sample.curve, in: SuggestionContext())
        guard case .rate(let rate) = suggestion else {
          Issue.record("abstained: \\(suggestion)")
          return
        }
        #expect(rate.learningRate > 0)
      }
    }

    """
  }
}
