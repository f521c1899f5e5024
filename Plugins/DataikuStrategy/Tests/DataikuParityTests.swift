import StrategyTesting
import TestSupport
import Testing

import DataikuStrategy

@Suite struct DataikuParityTests {
  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(strategies.flatMap(check.violations(by:)) == [])
  }

  @Test("answers as NumPy does, on recorded and on raw losses, with few points and other parameters")
  func agreesWithNumPy() throws { #expect(try disagreementsWithNumPy(of: strategies) == []) }
}
