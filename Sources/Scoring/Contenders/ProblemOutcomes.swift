/// What the grids of all optimizers say about one problem.
struct ProblemOutcomes: Sendable {
  /// The problem, as an index into ``ContenderSheet/problems``.
  let problem: Int
  /// The optimizers with a usable grid, in the order of the tasks.
  let members: [Member]

  /// An optimizer on the problem.
  struct Member: Sendable {
    let optimizer: String
    let outcomes: TaskOutcomes
  }

  /// Why a problem cannot be used.
  enum Unusable: Error, CustomStringConvertible {
    case unequalSeeds, uninformative

    var description: String {
      switch self {
      case .unequalSeeds: "its optimizers were trained with different seeds"
      case .uninformative: "its range is not more than five noise floors"
      }
    }
  }

  /// Collects a problem; `members` is not empty.
  ///
  /// - Throws: ``Unusable`` where seeds cannot be drawn for all optimizers alike, or the grid of the best optimizer tells
  ///   nothing.
  init(problem: Int, _ members: [Member]) throws(Unusable) {
    self.problem = problem
    self.members = members
    let seeds = members[0].outcomes.grid.seeds
    guard members.allSatisfy({ $0.outcomes.grid.seeds == seeds }) else { throw .unequalSeeds }
    let best = members.map(\.outcomes.study).min { $0.oracle.value < $1.oracle.value }
    guard best?.isInformative == true else { throw .uninformative }
  }

  /// How many training seeds there are.
  var seedCount: Int { members[0].outcomes.grid.seeds.count }

  /// The optimizer's own part; nil where it was not run.
  func outcomes(of optimizer: String) -> TaskOutcomes? {
    members.first { $0.optimizer == optimizer }?.outcomes
  }

  /// The scale of regrets with every seed once.
  var scale: ProblemScale { ProblemScale(studies: members.map(\.outcomes.study)) }

  /// The scale of regrets with each seed counted as a bootstrap draws it: all optimizers' oracles are estimated anew.
  func scale(_ estimator: OracleEstimator, seedCounts: [Int]) -> ProblemScale {
    ProblemScale(
      studies: members.map {
        TaskStudy(task: $0.outcomes.study.task, $0.outcomes.grid, estimator, seedCounts: seedCounts)
      })
  }
}

/// What regrets on a problem are measured by: 0 the best oracle of any optimizer, 1 the untrained loss.
struct ProblemScale: Sendable {
  /// By member of the problem.
  let studies: [TaskStudy]
  /// y₀: the median of the optimizers' untrained losses, which differ only where their seeds did.
  let untrained: Double
  /// y*: the lowest of the optimizers' oracles.
  let best: Double

  init(studies: [TaskStudy]) {
    self.studies = studies
    untrained = studies.map(\.untrained).sorted().median
    best = studies.map(\.oracle.value).min() ?? .nan
  }

  /// clip((y − y*) / (y₀ − y*), 0, 1).
  func regret(of outcome: Double) -> Double {
    let range = untrained - best
    guard range > 0 else { return 0 }
    return min(max((outcome - best) / range, 0), 1)
  }
}
