internal import CurveModel
internal import Glibc
public import Scoring

/// What it is worth to repeat a range test with other seeds and to take the median of a strategy's answers, read off the grids.
public struct RepeatedRangeTests: Sendable {
  /// One strategy's.
  public struct Row: Sendable {
    /// Its name.
    public var strategy: String
    /// The mean over tasks of the regret of a single range test's answer.
    public var single: Double
    /// The mean over tasks of the regret of the median of all answers.
    public var median: Double
    /// On how many tasks: informative ones with at least three answers.
    public var tasks: Int
  }

  /// The strategies of the headline, best first.
  public let rows: [Row]

  /// Reads a sheet's suggestions.
  ///
  /// - Parameters:
  ///   - sheet: The scores of tasks of one role.
  ///   - setting: Only range tests of this setting count; nil takes all.
  public init(_ sheet: ScoreSheet, setting: String? = nil) {
    let tables = sheet.tables
    let studies = sheet.studies.filter(\.isInformative)
    rows = sheet.rankedStrategies.compactMap { line in
      let name = sheet.contestants[line.contestant].name
      var single: [Double] = []
      var median: [Double] = []
      for study in studies {
        let curve = RegretCurve(study)
        let answers = tables.suggestions.compactMap { row -> Double? in
          guard row.task == study.task, tables.strategies[row.strategy].name == name,
            setting == nil || tables.rangeTests[row.rangeTest].setting == setting,
            case .rate(let rate) = row.answer
          else { return nil }
          return rate.log10
        }.sorted()
        guard answers.count >= Self.fewest else { continue }
        let regrets = answers.map { RegretTable.regret(of: curve, at: $0) }
        single.append(regrets.reduce(0, +) / Double(regrets.count))
        let middle = (answers[(answers.count - 1) / 2] + answers[answers.count / 2]) / 2
        median.append(RegretTable.regret(of: curve, at: middle))
      }
      guard !single.isEmpty else { return nil }
      let count = Double(single.count)
      return Row(
        strategy: name, single: single.reduce(0, +) / count, median: median.reduce(0, +) / count,
        tasks: single.count)
    }
  }

  /// Of fewer answers a median says little.
  private static let fewest = 3
}
