import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

import LightningStrategy

@Suite struct LightningParityTests {
  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    for strategy in strategies { #expect(check.violations(by: strategy) == []) }
  }

  @Test("answers as NumPy does, on recorded and on raw losses, with few points and other parameters")
  func agreesWithNumPy() throws {
    for strategy in strategies {
      let answers = try PeerAnswer.all(of: strategy.descriptor.name)
      #expect(answers.contains { $0.value != nil && !$0.recorded })
      let disagreements = try answers.compactMap { answer in
        let context = SuggestionContext(
          parameters: try ParameterValues(answer.typedSettings, for: strategy.descriptor))
        let ours = try rate(strategy.init().suggestion(for: answer.input(), in: context))
        return answer.disagreement(
          rate: ours?.learningRate, index: ours?.point.index, low: ours?.interval?.lowerBound)
      }
      #expect(disagreements == [], "\(strategy.descriptor.name)")
    }
  }

  /// The functions whose answers the golden files hold.
  static let golden: [(rule: String, strategy: any SuggestionStrategy.Type)] = [
    ("lightning.suggestion", Lightning.self)
  ]

  @Test("golden files are there")
  func goldenFilesAreThere() { #expect(!GoldenCurve.files.isEmpty) }

  @Test("suggests what upstream suggests, and abstains where it raises", arguments: GoldenCurve.files)
  func agreesWithUpstream(_ file: URL) throws {
    let golden = try GoldenCurve(file: file)
    for (rule, strategy) in Self.golden {
      let ours = try rate(strategy.init().suggestion(for: golden.curve, in: SuggestionContext()))
      #expect(golden.disagreement(with: rule, suggested: ours?.learningRate) == nil)
    }
  }
}

/// The suggested rate; nil for an abstention, which has to say what upstream raises.
private func rate(_ suggestion: Suggestion) -> SuggestedRate? {
  switch suggestion {
  case .rate(let rate): return rate
  case .abstention(let abstention):
    #expect(abstention.cause == .upstreamRaises && !abstention.reason.isEmpty)
    return nil
  }
}
