internal import Archives
public import CurveModel
public import ExperimentStore

/// One run of a comparison: a range test or a training, with everything that decides its result.
public struct RunSpecification: Hashable, Sendable {
  /// What the run does.
  public enum Work: Hashable, Sendable {
    /// Records a range test.
    case rangeTest(RangeTestSettings)
    /// Trains at one rate.
    case training(RateKey)
  }

  /// The task.
  public let task: TaskSpecification
  /// What the run does.
  public let work: Work
  /// The seed of initial weights, data order and dropout.
  public let seed: UInt64
  /// The run's identity.
  public let id: RunID

  /// The version of the engine's numbers: raised whenever the same specification gives other results than before, so
  /// that old and new results are never mixed.
  public static let engineVersion = 1

  init(task: TaskSpecification, work: Work, seed: UInt64, id: RunID) {
    self.task = task
    self.work = work
    self.seed = seed
    self.id = id
  }
}

/// Makes the runs of one task: the task is hashed once.
public struct RunFactory: Sendable {
  /// The task.
  public let task: TaskSpecification
  private let beginning: SHA256Hash

  /// Prepares the identities of a task's runs.
  public init(_ task: TaskSpecification) {
    self.task = task
    var hash = SHA256Hash()
    hash.add(
      Array(
        #"{"engine":\#(RunSpecification.engineVersion),"task":\#(JSONValue.object(task.labels).text),"#.utf8))
    beginning = hash
  }

  /// A run of the task.
  public func run(_ work: RunSpecification.Work, seed: UInt64) -> RunSpecification {
    var hash = beginning
    switch work {
    case .rangeTest(let settings):
      hash.add(Array(#""rangeTest":\#(JSONValue.object(settings.labels).text),"seed":\#(seed)}"#.utf8))
    case .training(let rate): hash.add(Array(#""rate":\#(rate.value),"seed":\#(seed)}"#.utf8))
    }
    return RunSpecification(task: task, work: work, seed: seed, id: RunID(hash.bytes))
  }
}
