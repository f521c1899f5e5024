public import CurveModel
public import ExperimentStore

/// What is known of the runs of a comparison.
public protocol RunKnowledge {
  /// What a training gave; nil where it is not done.
  func outcome(of id: RunID) -> GridOutcome.Seed?
  /// What the strategies of the comparison suggest for a range test; nil where that is not done.
  ///
  /// One element for each strategy, in the order of the comparison; nil for an abstention.
  func suggestions(for run: RunSpecification) throws -> [RateKey?]?
}

/// The trainings of one task, made and looked up once for each rate.
final class KnownTrainings<Knowledge: RunKnowledge> {
  private let factory: RunFactory
  private let seeds: [UInt64]
  private let knowledge: Knowledge
  private var cells: [RateKey: [Cell]] = [:]

  /// A training and what it gave; nil where it is not done.
  struct Cell {
    let run: RunSpecification
    let outcome: GridOutcome.Seed?
  }

  init(_ factory: RunFactory, seeds: [UInt64], _ knowledge: Knowledge) {
    self.factory = factory
    self.seeds = seeds
    self.knowledge = knowledge
  }

  /// The trainings at a rate, in the order of the seeds.
  func cells(at key: RateKey) -> [Cell] {
    if let known = cells[key] { return known }
    let made = seeds.map { seed in
      let run = factory.run(.training(key), seed: seed)
      return Cell(run: run, outcome: knowledge.outcome(of: run.id))
    }
    cells[key] = made
    return made
  }

  /// What a rate gave; nil unless all seeds are known.
  func outcome(at key: RateKey) -> GridOutcome? {
    let outcomes = cells(at: key).compactMap(\.outcome)
    return outcomes.count == seeds.count ? GridOutcome(outcomes) : nil
  }
}
