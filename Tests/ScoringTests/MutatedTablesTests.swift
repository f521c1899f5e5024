import CurveModel
import Testing

@testable import Scoring

/// What is wrong with tables is refused or listed, never scored as if nothing were.
@Suite struct MutatedTablesTests {
  private let tables = SampleEvidence().tables

  private func sheet(_ tables: EvidenceTables) throws -> ScoreSheet {
    try Scorer(ScorerSettings(draws: 0)).score(tables)
  }

  private func mentions(_ sheet: ScoreSheet, _ subject: String, _ reason: String) -> Bool {
    sheet.exclusions.contains { $0.subject.contains(subject) && $0.reason.contains(reason) }
  }

  @Test func `A loss that is no number of a finished training is refused`() throws {
    var tables = tables
    let place = try #require(tables.outcomes.firstIndex { $0.status == .finished })
    tables.outcomes[place].loss = .nan
    #expect(throws: ScoringError.finishedWithoutLoss(tables.name(of: tables.outcomes[place]))) {
      try sheet(tables)
    }
  }

  @Test func `A row that is there twice counts once and is listed`() throws {
    var twice = tables
    twice.outcomes.append(tables.outcomes[0])
    let (once, sheet) = (try self.sheet(tables), try self.sheet(twice))
    #expect(mentions(sheet, "task 0", "twice"))
    #expect(sheet.headline == once.headline)
  }

  @Test func `A row that contradicts another is refused`() {
    var tables = tables
    var row = tables.outcomes[0]
    row.loss += 0.1
    tables.outcomes.append(row)
    #expect(throws: ScoringError.contradiction(tables.name(of: row))) { try sheet(tables) }
  }

  @Test func `A seed that a rate lacks takes the rate from the grid and is listed`() throws {
    var tables = tables
    let row = tables.outcomes[0]
    tables.outcomes.removeFirst()
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "task 0 at \(row.rate.learningRate)", "seeds"))
    #expect(sheet.studies[0].points.allSatisfy { $0.rate != row.rate })
  }

  @Test func `A suggested rate that was never trained takes the task from the headline, for all`() throws {
    var tables = tables
    let place = try #require(tables.suggestions.firstIndex { $0.strategy == 1 && $0.task == 3 })
    tables.suggestions[place].answer = .rate(RateKey(0.0012345))
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "low on task 3", "must-train"))
    #expect(mentions(sheet, "task 3 from the headline", "low"))
    #expect(sheet.headline.allSatisfy { $0.tasks == 17 })
    let pairs = sheet.pairs.map { ($0.first, $0.second, $0.tasks) }
    // The pair without that strategy keeps the task.
    #expect(pairs.contains { $0 == (0, 2, 18) } && pairs.contains { $0 == (0, 1, 17) })
  }

  @Test func `A strategy without a suggestion on one task is compared on the others`() throws {
    var tables = tables
    tables.suggestions.removeAll { $0.strategy == 2 && $0.task == 5 }
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "high on task 5", "0 of 3"))
    #expect(sheet.headline.allSatisfy { $0.tasks == 17 })
  }

  @Test func `A task on which everything diverged is listed and scores nobody`() throws {
    var tables = tables
    for place in tables.outcomes.indices where tables.outcomes[place].task == 2 {
      tables.outcomes[place].status = .diverged
      tables.outcomes[place].loss = .nan
    }
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "task 2", "no training of it is better"))
    #expect(!sheet.taskScores.contains { $0.task == 2 } && sheet.studies.count == 17)
  }

  @Test func `A task without range tests stays with the baselines only`() throws {
    var tables = tables
    tables.suggestions.removeAll { $0.task == 17 }
    tables.rangeTests.removeAll { $0.task == 17 }
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "the strategies on task 17", "no range test"))
    #expect(sheet.studies.count == 18)
  }

  @Test func `A range test with the seed of a training is refused`() {
    var tables = tables
    tables.rangeTests[0].seed = 1
    #expect(throws: ScoringError.sharedSeed(task: "task 0", seed: 1)) { try sheet(tables) }
  }

  @Test func `A suggestion meant for another role is refused and listed`() throws {
    var tables = tables
    tables.strategies[1].meantFor = "peak"
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "low on", "peak rate"))
    #expect(mentions(sheet, "low", "no informative task"))
    #expect(sheet.headline.allSatisfy { sheet.contestants[$0.contestant].name != "low" })
  }

  @Test func `Tasks of two roles are not mixed unless that is asked for`() throws {
    var tables = tables
    let task = tables.tasks[0]
    tables.tasks[0] = TaskDescription(
      key: task.key, labels: [], title: task.title, dataset: task.dataset, family: task.family,
      model: task.model, optimizer: task.optimizer, schedule: "one-cycle", role: .peak,
      batchSize: task.batchSize,
      steps: task.steps)
    #expect(throws: ScoringError.severalRoles([.peak, .constant])) { try sheet(tables) }
    let mixed = try Scorer(ScorerSettings(roles: .any, draws: 0)).score(tables)
    let strategies = mixed.headline.filter { mixed.contestants[$0.contestant].kind == .strategy }
    #expect(strategies.count == 3 && strategies.allSatisfy { $0.tasks == 18 })
    #expect(mixed.verdict[0].text.contains("of constant and peak rates"))
  }

  @Test func `A fit that saw the family it is judged on is refused and listed`() throws {
    var tables = tables
    for place in tables.suggestions.indices where tables.suggestions[place].strategy == 0 {
      // Its fit left out the first family alone.
      tables.suggestions[place].fittedOn = (1..<9).map { "family \($0)" }
    }
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "near on", "saw the family"))
    #expect(sheet.taskScores.filter { $0.contestant == 0 }.map(\.task) == [0, 1])
  }

  @Test func `Settings of range tests are not mixed, and one can be chosen`() throws {
    var tables = tables
    tables.rangeTests[0].setting = "50 steps"
    #expect(throws: ScoringError.severalSettings(["100 steps", "50 steps"])) { try sheet(tables) }
    let chosen = try Scorer(ScorerSettings(rangeTestSetting: "100 steps", draws: 0)).score(tables)
    #expect(chosen.tables.rangeTests.count == tables.rangeTests.count - 1)
  }

  @Test func `An uninformative task is listed and left out of means`() throws {
    var tables = tables
    for place in tables.outcomes.indices where tables.outcomes[place].task == 4 {
      tables.outcomes[place].untrainedLoss = 0.32
    }
    let sheet = try self.sheet(tables)
    #expect(mentions(sheet, "task 4 from all means", "noise"))
    #expect(sheet.headline.allSatisfy { $0.tasks == 17 })
  }

  @Test func `Rows that name nothing are refused`() {
    var tables = tables
    tables.outcomes[0].task = 99
    #expect(throws: ScoringError.danglingRow("a training")) { try sheet(tables) }
  }

  @Test func `Nothing at all is refused`() {
    #expect(throws: ScoringError.noOutcomes) { try sheet(EvidenceTables()) }
  }
}
