internal import CurveModel

/// Which runs a task needs, given what is known: a pure function.
public struct TaskPlanner: Sendable {
  /// The task.
  public let task: TaskSpecification
  private let comparison: Comparison
  private let grid: GridPlan
  private let factory: RunFactory

  /// Plans a task of a comparison.
  public init(_ task: TaskSpecification, of comparison: Comparison) {
    self.task = task
    self.comparison = comparison
    grid = GridPlan(comparison.grid, range: comparison.grid.range(for: task.optimizer))
    factory = RunFactory(task)
  }

  /// The runs that are needed, given what is known.
  ///
  /// - Throws: what `knowledge` throws.
  public func needs(_ knowledge: some RunKnowledge) throws -> TaskNeeds {
    var needs = TaskNeeds()
    let suggested = try rangeTests(knowledge, &needs)
    let trainings = KnownTrainings(factory, seeds: comparison.seeds.grid, knowledge)
    let progress = grid.progress(trainings.outcome)
    let keys = progress.keys
    needs.gridTrainings = keys.count * comparison.seeds.grid.count
    for key in keys { needs.note(trainings.cells(at: key)) }
    guard let suggested, case .complete(let points) = progress else {
      needs.mayGrow = true
      // Whatever the grid will say, these are trained.
      let direct = (suggested ?? []).filter { $0.evaluation == .direct }.map(\.key)
      note(Set(direct), besides: keys, trainings, &needs)
      return needs
    }
    let trained = suggested.filter { $0.evaluation == .direct || !points.bracketsStably($0.key) }.map(\.key)
    note(Set(trained), besides: keys, trainings, &needs)
    return needs
  }

  /// The rates of the grid so far, rising.
  func gridRates(_ knowledge: some RunKnowledge) -> [RateKey] {
    let trainings = KnownTrainings(factory, seeds: comparison.seeds.grid, knowledge)
    return grid.progress(trainings.outcome).keys
  }

  private struct SuggestedKey {
    let key: RateKey
    let evaluation: StrategyChoice.Evaluation
  }

  /// Notes the range tests; returns what all of them suggest, or nil unless all are done.
  private func rangeTests(_ knowledge: some RunKnowledge, _ needs: inout TaskNeeds) throws -> [SuggestedKey]?
  {
    var suggested: [SuggestedKey] = []
    var isComplete = true
    for (number, settings) in comparison.rangeTests.enumerated() {
      for seed in comparison.seeds.rangeTests {
        let run = factory.run(.rangeTest(settings), seed: seed)
        let keys = try knowledge.suggestions(for: run)
        needs.rangeTests += 1
        needs.note(run, isDone: keys != nil)
        isComplete = isComplete && keys != nil
        for (choice, key) in zip(comparison.strategies, keys ?? []) {
          guard let key else { continue }
          // Only the first settings are those that the comparison is about.
          suggested.append(
            SuggestedKey(key: key, evaluation: number == 0 ? choice.evaluation : .interpolated))
        }
      }
    }
    return isComplete ? suggested : nil
  }

  /// Notes the trainings at suggested rates that are not on the grid; with the first of the grid's seeds.
  private func note(
    _ keys: Set<RateKey>, besides grid: [RateKey], _ trainings: KnownTrainings<some RunKnowledge>,
    _ needs: inout TaskNeeds
  ) {
    let seeds = comparison.seeds.suggestions.count
    for key in keys.subtracting(grid).sorted() {
      needs.suggestedTrainings += seeds
      needs.note(trainings.cells(at: key).prefix(seeds))
    }
  }
}

/// A task's runs at some moment.
public struct TaskNeeds: Sendable, Equatable {
  /// The needed runs that are not done: range tests first, then the grid, then suggested rates.
  public internal(set) var missing: [RunSpecification] = []
  /// How many needed runs are done.
  public internal(set) var done = 0
  /// Whether further runs may turn out to be needed once the missing ones are done.
  public internal(set) var mayGrow = false
  /// How many of the needed runs, done or missing, are range tests.
  public internal(set) var rangeTests = 0
  /// How many are trainings over the grid.
  public internal(set) var gridTrainings = 0
  /// How many are trainings at suggested rates that the grid does not have.
  public internal(set) var suggestedTrainings = 0

  /// Whether everything is done.
  public var isComplete: Bool { missing.isEmpty && !mayGrow }

  mutating func note(_ run: RunSpecification, isDone: Bool) {
    if isDone { done += 1 } else { missing.append(run) }
  }

  mutating func note<Knowledge>(_ cells: some Sequence<KnownTrainings<Knowledge>.Cell>) {
    for cell in cells { note(cell.run, isDone: cell.outcome != nil) }
  }
}
