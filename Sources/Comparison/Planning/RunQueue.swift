public import ExperimentStore

/// Hands out the runs of a comparison until nothing is left to do: the one place that knows what is in work.
///
/// Tasks advance independently of each other: whenever nothing of a task is missing or in work, it is planned anew with
/// what its runs gave. Which runs a comparison makes depends on outcomes alone, so neither the number of workers nor an
/// interruption changes what is in the store at the end.
public actor RunQueue {
  /// What is known; read again whenever a task has to be planned.
  public typealias Knowledge = RunKnowledge & RefreshableKnowledge
  private let knowledge: any Knowledge
  private let policy: QueuePolicy
  private let report: @Sendable (QueueEvent) -> Void
  private var tasks: [TaskState]
  /// The first task that may have something to do.
  private var front = 0
  private var inWork = 0
  private var handedOut = 0
  private var attempts: [RunID: Int] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var isStopped = false
  /// The first error that ended the queue.
  public private(set) var failure: (any Error)?
  /// Runs that failed as often as they may.
  public private(set) var unresolved: [RunID] = []

  private struct TaskState {
    let planner: TaskPlanner
    /// The last is the next.
    var ready: [RunSpecification]
    /// How the runs came back that were done.
    var reportedDone: [RunID: RunEnd] = [:]
    var inWork = 0
    var isBlocked = false
    var isFinished: Bool
  }

  /// Plans all tasks.
  ///
  /// - Parameters:
  ///   - planners: the tasks.
  ///   - needs: what the tasks need, where that was planned with the same knowledge a moment ago.
  ///   - knowledge: what is known of their runs.
  ///   - policy: when to stop early.
  ///   - report: called with everything that happens.
  /// - Throws: what `knowledge` throws.
  public init(
    _ planners: [TaskPlanner], needs: [TaskNeeds]? = nil, knowledge: sending any Knowledge,
    policy: QueuePolicy,
    report: @escaping @Sendable (QueueEvent) -> Void
  ) throws {
    let planned = try needs ?? planners.map { try Self.needs($0, knowledge) }
    tasks = zip(planners, planned).map { planner, needs in
      TaskState(planner: planner, ready: needs.missing.reversed(), isFinished: needs.isComplete)
    }
    self.knowledge = knowledge
    self.policy = policy
    self.report = report
  }

  private static func needs(_ planner: TaskPlanner, _ knowledge: some Knowledge) throws -> TaskNeeds {
    try planner.needs(knowledge)
  }

  // MARK: Handing out

  /// The next run; waits while one may still come, and is nil once none will.
  public func next() async -> RunSpecification? {
    while true {
      if isStopped { return nil }
      // A run that is in work may come back undone: then another one takes its place within the limit.
      let isAtLimit = policy.limit.map { handedOut >= $0 } ?? false
      if !isAtLimit, let run = take() { return run }
      guard inWork > 0 else { return nil }
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func take() -> RunSpecification? {
    while front < tasks.count, tasks[front].isFinished { front += 1 }
    for index in tasks[front...].indices {
      guard let run = tasks[index].ready.popLast() else { continue }
      tasks[index].inWork += 1
      inWork += 1
      handedOut += 1
      report(.began(run))
      return run
    }
    return nil
  }

  /// Lets everybody who waits look again.
  private func wakeAll() {
    let sleepers = waiting
    waiting = []
    for sleeper in sleepers { sleeper.resume() }
  }

  // MARK: Coming back

  /// Takes back a run that was handed out.
  public func end(_ run: RunSpecification, _ end: RunEnd) {
    guard let index = tasks.firstIndex(where: { $0.planner.task == run.task }) else { return }
    if end == .busy {
      // Counted as in work until somebody looks again.
      Task {
        try? await Task.sleep(for: Self.patience)
        self.handBack(run, index)
      }
      return
    }
    tasks[index].inWork -= 1
    inWork -= 1
    report(.ended(run, end))
    switch end {
    case .recorded: tasks[index].reportedDone[run.id] = end
    case .alreadyKnown:
      handedOut -= 1
      tasks[index].reportedDone[run.id] = end
    case .abandoned, .busy: handedOut -= 1
    case .failed:
      handedOut -= 1
      if mayTryAgain(run, index) { tasks[index].ready.insert(run, at: 0) }
    }
    planAnew(index)
    wakeAll()
  }

  /// Counts a failed attempt.
  private func mayTryAgain(_ run: RunSpecification, _ index: Int) -> Bool {
    attempts[run.id, default: 0] += 1
    guard policy.failsFast || attempts[run.id, default: 0] >= policy.mostAttempts else { return true }
    unresolved.append(run.id)
    tasks[index].isBlocked = true
    if policy.failsFast { isStopped = true }
    return false
  }

  /// Puts a run back that somebody else was doing.
  private func handBack(_ run: RunSpecification, _ index: Int) {
    tasks[index].inWork -= 1
    inWork -= 1
    handedOut -= 1
    tasks[index].ready.insert(run, at: 0)
    wakeAll()
  }

  /// How long to wait before looking again at a run that somebody else is doing.
  private static let patience = Duration.milliseconds(500)

  private func planAnew(_ index: Int) {
    guard tasks[index].ready.isEmpty, tasks[index].inWork == 0, !isStopped else { return }
    // What a run that failed for good would have told is not there: the task ends here.
    if tasks[index].isBlocked {
      tasks[index].isFinished = true
      return
    }
    do {
      try knowledge.refresh()
      let needs = try Self.needs(tasks[index].planner, knowledge)
      let runs = needs.missing.filter { run in
        guard let end = tasks[index].reportedDone.removeValue(forKey: run.id) else { return true }
        if end == .recorded { handedOut -= 1 }
        report(.vanished(run, after: end))
        return mayTryAgain(run, index)
      }
      tasks[index].ready = runs.reversed()
      tasks[index].isFinished = needs.isComplete || (runs.isEmpty && tasks[index].isBlocked)
      if !runs.isEmpty { report(.grew(by: runs)) }
    } catch {
      stop(because: error)
    }
  }

  /// Hands out nothing any more.
  ///
  /// - Parameter error: what went wrong, unless somebody merely asked.
  public func stop(because error: (any Error)? = nil) {
    isStopped = true
    failure = failure ?? error
    wakeAll()
  }
}

/// Knowledge that can be brought up to date.
public protocol RefreshableKnowledge {
  /// Takes in what was recorded since the last time.
  func refresh() throws
}

/// When a queue stops early.
public struct QueuePolicy: Sendable, Equatable {
  /// The most runs that are done; nil does all.
  public var limit: Int?
  /// Whether the first failed run ends the comparison.
  public var failsFast: Bool
  /// How often a run is tried before it counts as unresolved; at least 1.
  public var mostAttempts: Int

  /// Chooses a policy.
  public init(limit: Int? = nil, failsFast: Bool = false, mostAttempts: Int = 3) {
    self.limit = limit
    self.failsFast = failsFast
    self.mostAttempts = mostAttempts
  }
}

/// How a run that was handed out came back.
public enum RunEnd: Sendable, Equatable {
  /// Its record is in the store.
  case recorded
  /// Somebody else had done it.
  case alreadyKnown
  /// Somebody else is doing it.
  case busy
  /// It was not done, because somebody asked to stop.
  case abandoned
  /// It failed: a crash, a refusal of memory, an error.
  case failed(reason: String)
}

/// What happens in a queue.
public enum QueueEvent: Sendable {
  /// A run was handed out.
  case began(RunSpecification)
  /// A run came back.
  case ended(RunSpecification, RunEnd)
  /// A run that had come back as done is not in the store: it counts as failed.
  case vanished(RunSpecification, after: RunEnd)
  /// A task turned out to need more runs.
  case grew(by: [RunSpecification])

  /// What is wrong with a run, if the event says so.
  public var incident: (run: RunSpecification, reason: String)? {
    switch self {
    case .ended(let run, .failed(let reason)): (run, reason)
    case .vanished(let run, _): (run, "it was reported as done, but the store has no record of it")
    case .began, .ended, .grew: nil
    }
  }
}
