public import CurveModel
public import Evidence
internal import Glibc
public import Scoring
public import StrategyKit

/// What is learned from: range tests with what training at any rate gave.
public struct ExampleTable: Sendable {
  /// A task's grid, as the loss of a fit.
  public struct Task: Sendable {
    /// What it is.
    public let description: TaskDescription
    /// Normalised regret over the rates of its grid.
    public let regret: RegretCurve
    /// How many range tests it has.
    public internal(set) var rangeTests = 0
  }

  /// A range test.
  public struct RangeTest: Sendable {
    /// The task's index.
    public let task: Int
    /// The curve.
    public let curve: LossCurve
    /// How its loss falls, read once: learning asks about each curve many times.
    public let descent: Descent
    /// What it looks like.
    public let features: CurveFeatures
    /// What strategies are told besides the curve.
    public let context: SuggestionContext
  }

  /// The informative tasks, decided from their grids alone.
  public let tasks: [Task]
  /// Their range tests that show something, task by task.
  public let rangeTests: [RangeTest]
  /// How many range tests show nothing: too short, flat, all noise.
  public let unreadable: Int

  /// Collects what stores say.
  ///
  /// - Parameters:
  ///   - evidence: Everything that was read.
  ///   - sheet: Its scores, for the grids and their oracles.
  ///   - excluded: Families that must not be seen.
  ///   - setting: Only range tests of this setting count; nil takes all.
  public init(
    _ evidence: StoreEvidence, _ sheet: ScoreSheet, without excluded: Set<String> = [],
    setting: String? = nil
  ) {
    var places: [Int: Int] = [:]
    var tasks: [Task] = []
    for study in sheet.studies where study.isInformative {
      let description = sheet.tables.tasks[study.task]
      guard !excluded.contains(description.family) else { continue }
      places[study.task] = tasks.count
      tasks.append(Task(description: description, regret: RegretCurve(study)))
    }
    var tests: [RangeTest] = []
    var unreadable = 0
    for (row, curve) in zip(evidence.tables.rangeTests, evidence.curves) {
      guard let place = places[row.task], setting == nil || row.setting == setting else { continue }
      let task = tasks[place].description
      do throws(Abstention) {
        let descent = try Descent(of: curve, bandwidth: CurveFeatures.bandwidth)
        tests.append(
          RangeTest(
            task: place, curve: curve, descent: descent, features: CurveFeatures(of: curve, descent: descent),
            context: SuggestionContext(
              optimizerFamily: task.optimizer, use: task.use,
              trainingSteps: task.steps, seed: row.seed)))
        tasks[place].rangeTests += 1
      } catch {
        unreadable += 1
      }
    }
    self.tasks = tasks
    rangeTests = tests
    self.unreadable = unreadable
  }

  /// The tasks of these families with their range tests.
  func only(_ families: Set<String>) -> ExampleTable {
    filtered { families.contains($0.family) }
  }

  /// The tasks that begin with trained weights, or those with random ones, with their range tests; which tasks the unreadable
  /// ones are of is not known.
  public func part(fineTuning: Bool) -> ExampleTable {
    filtered { ($0.use == .fineTuning) == fineTuning }
  }

  private func filtered(by isWanted: (TaskDescription) -> Bool) -> ExampleTable {
    let kept = tasks.indices.filter { isWanted(tasks[$0].description) }
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    return ExampleTable(
      tasks: kept.map { tasks[$0] },
      rangeTests: rangeTests.compactMap { test in
        places[test.task].map {
          RangeTest(
            task: $0, curve: test.curve, descent: test.descent, features: test.features, context: test.context
          )
        }
      }, unreadable: 0)
  }

  private init(tasks: [Task], rangeTests: [RangeTest], unreadable: Int) {
    self.tasks = tasks
    self.rangeTests = rangeTests
    self.unreadable = unreadable
  }

  /// The families of data sets, sorted.
  public var families: [String] { Set(tasks.map(\.description.family)).sorted() }
}
