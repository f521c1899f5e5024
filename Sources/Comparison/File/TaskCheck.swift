internal import DatasetKit
internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

/// A task with the places of what may be wrong with it.
struct TaskCandidate {
  let task: TaskSpecification
  let dataset: DatasetEntry
  let model: FilePosition
  let batchSize: FilePosition
  let steps: FilePosition
}

/// Finds combinations that cannot be trained; every pair of data set and model is tried once.
struct TaskCheck {
  let evaluation: EvaluationPlan
  private var misfits: [Pair: String?] = [:]

  private struct Pair: Hashable {
    let dataset: String
    let model: ModelSpecification
  }

  init(evaluation: EvaluationPlan) { self.evaluation = evaluation }

  /// Checks one task.
  ///
  /// - Throws: ``FileProblem``: the model cannot take the data, a batch or a training is too short.
  mutating func check(_ candidate: TaskCandidate) throws(FileProblem) {
    let task = candidate.task
    let dataset = candidate.dataset
    let pair = Pair(dataset: dataset.name, model: task.model)
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
    guard task.batchSize <= dataset.trainCount else {
      throw FileProblem(
        candidate.batchSize,
        "data set \(dataset.name) has \(dataset.trainCount) samples for training, fewer than a batch of \(task.batchSize)"
      )
    }
    guard task.steps >= evaluation.count else {
      throw FileProblem(
        candidate.steps,
        "a training of \(task.steps) steps cannot be evaluated \(evaluation.count) times; lower `evaluation: count`"
      )
    }
  }

  private static func misfit(_ model: ModelSpecification, _ dataset: DatasetEntry) -> String? {
    do {
      let network = try model.network(inputShape: dataset.sampleShape, outputCount: dataset.outputCount)
      guard network.outputShape == dataset.outputShape else {
        return dataset.kind == .text
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
