public import StrategyKit

/// One promise that every strategy keeps.
///
/// A strategy's own tests run them all, with any test framework:
///
/// ```swift
/// @Test(arguments: ContractCheck.all)
/// func keepsTheContract(_ check: ContractCheck) {
///   #expect(check.violations(by: MyStrategy.self) == [])
/// }
/// ```
public struct ContractCheck: Sendable, CustomStringConvertible {
  /// The promise in a few words.
  public let description: String
  private let find: @Sendable (any SuggestionStrategy.Type) -> [String]

  init(_ description: String, _ find: @escaping @Sendable (any SuggestionStrategy.Type) -> [String]) {
    self.description = description
    self.find = find
  }

  /// One sentence for each way in which `strategy` breaks the promise; empty if it keeps it.
  public func violations(by strategy: any SuggestionStrategy.Type) -> [String] {
    find(strategy).map { "\(strategy.descriptor.name): \($0)" }
  }

  /// Every promise.
  ///
  /// Those about scale, range and abstention bind the strategies of the toolkit and of its users, not
  /// the copies of other projects' rules.
  public static let all: [ContractCheck] = [
    describesItself, documentsItsParameters, givesTheSameAnswerTwice, answersSoundly,
    staysInsideTheSweptRange,
    ignoresPowersOfTwo, ignoresScaleAndOffset, abstainsWhereNothingCanBeRead,
    leavesFamiliesOut, keepsToItsOptimizers,
  ]
}
