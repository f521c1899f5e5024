import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

import TorchLRFinderStrategy

@Suite struct TorchLRFinderParityTests {
  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(strategies.flatMap(check.violations(by:)) == [])
  }

  @Test("answers as NumPy does, on recorded and on raw losses, with few points and other parameters")
  func agreesWithNumPy() throws { #expect(try disagreementsWithNumPy(of: strategies) == []) }

  /// The functions whose answers the golden files hold.
  static let golden: [(rule: String, strategy: any SuggestionStrategy.Type)] = [
    ("torch_lr_finder.steepest", TorchLRFinder.self)
  ]

  @Test("golden files are there")
  func goldenFilesAreThere() { #expect(!GoldenCurve.files.isEmpty) }

  @Test("suggests what upstream suggests, and abstains where it raises", arguments: GoldenCurve.files)
  func agreesWithUpstream(_ file: URL) throws {
    #expect(try disagreements(with: Self.golden, on: file) == [])
  }
}
