import Comparison
import CurveModel
import Evidence
import LearnedStrategy
import Learning
import Reporting
import Scoring
import StrategyKit
import StrategyRegistry

/// Everything that the notebook about learned strategies tells, reckoned from stores.
struct LearningStudy {
  /// The notebook.
  let lesson: LearningLesson

  private let options: ScoreOptions
  private let console: Console
  private let evidence: StoreEvidence

  /// Scores, learns without inputs and from halves, and reads curves again in other ways.
  ///
  /// - Throws: as ``ScoreOptions/sections(_:)``; `LearningError`; `EvidenceError`.
  init(_ options: ScoreOptions, _ console: Console) throws {
    self.options = options
    self.console = console
    evidence = try options.evidence(console)
    let scored = try options.sections(of: evidence, console)
    let setting = scored.first?.settings.rangeTestSetting
    // Learned from range tests of every length, as the model was.
    let examples = ExampleTable(
      evidence,
      try Scorer(ScorerSettings(rangeTestSetting: setting, roles: .any, draws: 0)).score(evidence.tables)
    ).part(fineTuning: false)
    let studies = StudyTables(
      ablation: Self.ablation(try AblationStudy(examples)), halves: Self.halves(try HalvesRegret(examples)),
      sensitivity: try Self.sensitivity(evidence, setting), smoothing: try Self.smoothing(options, console),
      repeats: Self.repeats(scored, setting), lengths: try Self.lengths(options, evidence, console),
      unseen: try Self.unseen(options, evidence, console))
    lesson = LearningLesson(try scored.map { try $0.section(withSensitivity: false) }, studies)
  }

  // MARK: Tables of what was learned

  private static func ablation(_ study: AblationStudy) -> ShownTable {
    ShownTable(
      "learning-ablation", ["without", "peak", "constant"],
      study.rows.map { row in
        [.word(row.without.isEmpty ? "nothing" : row.without)]
          + [row.peak, row.constant].map { .number($0?.regret ?? .nan) }
      })
  }

  private static func halves(_ study: HalvesRegret) -> ShownTable {
    ShownTable(
      "learning-halves", ["strategy and rate", "regret", "lowest", "highest", "abstains"],
      study.rows.map { row in
        [
          .word("\(row.strategy), \(row.role.rawValue)"), .number(row.regret), .number(row.range.lowerBound),
          .number(row.range.upperBound), .number(row.abstentionRate),
        ]
      })
  }

  private static func repeats(_ scored: [ScoredEvidence], _ setting: String?) -> ShownTable {
    ShownTable(
      "learning-repeats", ["strategy and rate", "single", "median", "difference"],
      scored.flatMap { part -> [[ShownTable.Cell]] in
        let role = part.evidence.roles.first?.rawValue ?? ""
        return RepeatedRangeTests(part.sheet, setting: setting).rows.prefix(mostStrategies).map { row in
          [
            .word("\(row.strategy), \(role)"), .number(row.single), .number(row.median),
            .number(row.median - row.single),
          ]
        }
      })
  }

  private static let mostStrategies = 10

  /// Nil where all families were learned from, or none.
  private static func unseen(
    _ options: ScoreOptions, _ evidence: StoreEvidence, _ console: Console
  ) throws -> ShownTable? {
    let learned = Set(LearnedStrategy::LearnedStrategy.fittedFamilies)
    let isSeen = { (task: TaskDescription) in learned.contains(task.family) }
    let seen = evidence.only(isSeen)
    let unseen = evidence.only { !isSeen($0) }
    guard !seen.tables.tasks.isEmpty, !unseen.tables.tasks.isEmpty else { return nil }
    let known = try options.sections(of: seen, console)
    let new = try options.sections(of: unseen, console)
    return ShownTable(
      "learning-unseen", ["strategy and rate", "learned from", "never seen", "from", "to"],
      new.flatMap { part -> [[ShownTable.Cell]] in
        guard let role = part.evidence.roles.first,
          let before = known.first(where: { $0.evidence.roles.first == role })
        else { return [] }
        return part.sheet.rankedStrategies.compactMap { row in
          let name = part.sheet.contestants[row.contestant].name
          return before.sheet.regret(of: name).map { regret in
            [
              .word("\(name), \(role.rawValue)"), .number(regret), .number(row.regret.value),
              .number(row.regret.interval?.lowerBound ?? .nan),
              .number(row.regret.interval?.upperBound ?? .nan),
            ]
          }
        }
      })
  }

  // MARK: Tables of curves read in other ways

  private static func sensitivity(_ evidence: StoreEvidence, _ setting: String?) throws -> ShownTable {
    let rows = try SensitivityStudy(evidence, setting: setting).rows
    var names: [String] = []
    for row in rows where !names.contains(row.strategy) { names.append(row.strategy) }
    return ShownTable(
      "learning-sensitivity", ["strategy"] + CurveChange.allCases.map(\.rawValue),
      names.map { name in
        [.word(name)]
          + CurveChange.allCases.map { change in
            .number(rows.first { $0.strategy == name && $0.change == change }?.medianShift ?? .nan)
          }
      })
  }

  private static func smoothing(_ options: ScoreOptions, _ console: Console) throws -> ShownTable {
    let smoothed = StrategyCatalog.builtIn.strategies.map { $0.descriptor }.filter { descriptor in
      descriptor.parameters.contains { $0.name == "bandwidth" }
    }
    let widths = ["0.1", "0.25", "0.5", "1.0"]
    func name(_ strategy: String, _ width: String) -> String { "\(strategy)(bandwidth=\(width))" }
    var others = options
    others.strategies.strategy = smoothed.flatMap { strategy in widths.map { name(strategy.name, $0) } }
    others.draws = 0
    let sections = try others.sections(console)
    return ShownTable(
      "learning-smoothing", ["strategy and rate"] + widths,
      sections.flatMap { part -> [[ShownTable.Cell]] in
        smoothed.compactMap { strategy in
          let regrets = widths.map { part.sheet.regret(of: name(strategy.name, $0)) }
          guard regrets.contains(where: { $0 != nil }) else { return nil }
          return [.word("\(strategy.name), \(part.evidence.roles.first?.rawValue ?? "")")]
            + regrets.map { .number($0 ?? .nan) }
        }
      })
  }

  /// Nil where all range tests are of one setting.
  private static func lengths(
    _ options: ScoreOptions, _ evidence: StoreEvidence, _ console: Console
  ) throws -> ShownTable? {
    let settings = RangeTestLength.all(evidence.tables)
    guard settings.count > 1 else { return nil }
    let sheets = try settings.map { length in
      var others = options
      others.rangeTest = length.setting
      others.draws = 0
      return try others.sections(of: evidence, console)
    }
    let roles = evidence.roles
    return ShownTable(
      "learning-lengths", ["strategy and rate"] + settings.map(\.title),
      roles.indices.flatMap { role -> [[ShownTable.Cell]] in
        guard let first = sheets.first?[role].sheet else { return [] }
        return first.rankedStrategies.map { row in
          let name = first.contestants[row.contestant].name
          return [.word("\(name), \(roles[role].rawValue)")]
            + sheets.map { .number($0[role].sheet.regret(of: name) ?? .nan) }
        }
      })
  }
}

/// A setting of range tests by the number of its steps.
private struct RangeTestLength {
  let setting: String
  let steps: Int

  var title: String { "\(steps) steps" }

  /// Those there are, the shortest first.
  static func all(_ tables: EvidenceTables) -> [RangeTestLength] {
    var found: [String: Int] = [:]
    for row in tables.rangeTests { found[row.setting] = max(found[row.setting] ?? 0, row.steps) }
    return found.map { RangeTestLength(setting: $0.key, steps: $0.value) }
      .sorted { ($0.steps, $0.setting) < ($1.steps, $1.setting) }
  }
}

extension ScoreSheet {
  /// The mean regret of a contestant of the headline.
  fileprivate func regret(of name: String) -> Double? {
    headline.first { contestants[$0.contestant].name == name }?.regret.value
  }
}
