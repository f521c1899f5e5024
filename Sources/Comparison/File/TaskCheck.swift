internal import DatasetKit
internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

/// Finds combinations that cannot be trained; every pair of data set and model is tried once.
struct TaskCheck {
  let evaluation: EvaluationPlan
  let sources: TaskSources
  private var misfits: [Pair: String?] = [:]
  private var sound: Set<Beginning> = []

  private struct Pair: Hashable {
    let dataset: String
    let side: Int?
    let model: ModelSpecification
  }

  private struct Beginning: Hashable {
    let pair: Pair
    let version: String
    let start: TaskStart
  }

  init(evaluation: EvaluationPlan, sources: TaskSources) {
    self.evaluation = evaluation
    self.sources = sources
  }

  /// Checks one task.
  ///
  /// - Throws: ``FileProblem``: the model cannot take the data or begin with the weights, a batch or a training is too
  ///   short.
  mutating func check(_ candidate: TaskCandidate) throws(FileProblem) {
    let task = candidate.task
    let dataset = candidate.variation.facts
    if let useless = candidate.variation.useless {
      throw FileProblem(
        useless, "data set \(dataset.name) has no photographs; remove `photographs`, or name another data set"
      )
    }
    let pair = Pair(dataset: dataset.name, side: task.photographs?.options.side, model: task.model)
    let misfit: String?
    if let known = misfits[pair] {
      misfit = known
    } else {
      misfit = Self.misfit(task.model, dataset)
      misfits[pair] = .some(misfit)
    }
    if let misfit {
      throw FileProblem(
        candidate.model, "data set \(dataset.name) and model \(task.model) do not go together: \(misfit)")
    }
    if let start = task.start,
      sound.insert(Beginning(pair: pair, version: dataset.version, start: start)).inserted
    {
      try check(start, of: candidate)
    }
    if let trainCount = dataset.trainCount, task.batchSize > trainCount {
      throw FileProblem(
        candidate.batchSize,
        "data set \(dataset.name) has \(trainCount) samples for training, fewer than a batch of \(task.batchSize)"
      )
    }
    guard task.steps >= evaluation.count else {
      throw FileProblem(
        candidate.steps,
        "a training of \(task.steps) steps cannot be evaluated \(evaluation.count) times; lower `evaluation: count`"
      )
    }
  }

  /// Finds groups that the model has not, and weights that do not fit it.
  private func check(_ start: TaskStart, of candidate: TaskCandidate) throws(FileProblem) {
    let (task, facts, from) = (candidate.task, candidate.variation.facts, candidate.variation.from)
    let place = from ?? candidate.model
    do {
      let whole = try task.model.network(inputShape: facts.sampleShape, outputCount: facts.outputCount)
      let groups = try start.groupPlan.groups(of: whole)
      guard let weights = sources.weights(of: start) else { return }
      let trainer = try Trainer(
        network: try task.model.network(groups, of: whole), loss: task.loss, optimizer: task.optimizer,
        batchSize: 1, seed: 0)
      try weights.load(into: trainer, groups: groups, passingOver: task.model.architecture.replacedModules)
    } catch let error as GroupError {
      let position = error.setting == .freeze ? candidate.variation.frozen : candidate.variation.fresh
      throw FileProblem(position ?? place, error.problem)
    } catch let error as CheckpointFileError {
      let hint = if case .misfit = error.problem, start.fresh.isEmpty { true } else { false }
      throw FileProblem(
        place, "\(start.name): \(error.problem)" + (hint ? ", with `fresh: head` for another last layer" : "")
      )
    } catch {
      throw FileProblem(place, "\(error)")
    }
  }

  private static func misfit(_ model: ModelSpecification, _ dataset: DatasetFacts) -> String? {
    do {
      let network = try model.network(inputShape: dataset.sampleShape, outputCount: dataset.outputCount)
      guard network.outputShape == dataset.outputShape else {
        return dataset.isText
          ? "use a model of text, such as \(textModels)" : "the model is one of text; use another"
      }
      return nil
    } catch {
      return "\(error)"
    }
  }

  private static let textModels = [CharacterGRU.forms[0], CausalTransformer.forms[0]].joined(
    separator: " or ")
}
