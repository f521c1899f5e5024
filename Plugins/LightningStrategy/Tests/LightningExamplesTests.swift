import CurveModel
import Foundation
import StrategyKit
import Testing

@testable import LightningStrategy

@Suite struct LightningExamplesTests {
  @Test("upstream's own example: a sine over linear rates falls most steeply at π")
  func sine() throws {
    // Upstream starts at rate 0, which it skips anyway.
    let rates = (1..<1000).map { 2 * Double.pi * Double($0) / 999 }
    let curve = try LossCurve(learningRates: rates, rawLosses: nil, smoothedLosses: rates.map(sin))
    let settings = [(name: "skip-begin", text: "1"), (name: "skip-end", text: "2")]
    for strategy in strategies {
      let context = SuggestionContext(parameters: try ParameterValues(settings, for: strategy.descriptor))
      guard case .rate(let rate) = try strategy.init().suggestion(for: curve, in: context) else {
        Issue.record("abstained")
        continue
      }
      #expect(abs(rate.learningRate - .pi) < 1e-2)
    }
  }

  @Test("records a constant loss of 1 as rising from a half, as one debiasing step too many makes it")
  func recordsConstantLoss() throws {
    let rates = (1...11).map { Double($0) / 1000 }
    let curve = try LossCurve(learningRates: rates, rawLosses: Array(repeating: 1, count: 11))
    let recorded = lightningRecorder.recording(of: curve).losses
    let rounded = recorded.map { ($0 * 1000).rounded() / 1000 }
    #expect(Array(rounded.prefix(5)) == [0.505, 0.673, 0.758, 0.808, 0.842] && rounded[10] == 0.926)
  }

  @Test("a non-finite loss moves the answer of version 2.5.2 one rung down, and not that of 2.5.3")
  func shiftedIndex() throws {
    let rates = (1...40).map { Double($0) }
    var losses = rates.map { $0 < 30 ? 5.0 : 1.0 }
    losses[15] = .infinity
    let curve = try LossCurve(learningRates: rates, rawLosses: nil, smoothedLosses: losses)
    let indices = try strategies.map { strategy -> Int? in
      guard case .rate(let rate) = try strategy.init().suggestion(for: curve, in: SuggestionContext()) else {
        return nil
      }
      return rate.point.index
    }
    #expect(indices == [28, 27])
  }
}
