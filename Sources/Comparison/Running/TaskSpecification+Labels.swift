internal import CurveModel
internal import DatasetKit
internal import ModelZoo
internal import TrainingEngine

extension TaskSpecification {
  private static let weightsPlace = "weights"
  private static let photographsPlace = "photographs"

  /// Where weights and photographs are, for a worker: no part of what a task is.
  var places: [JSONValue.Member] {
    [(Self.weightsPlace, start?.path), (Self.photographsPlace, photographs?.place)]
      .compactMap { name, path in path.map { .init(name, .string($0)) } }
  }

  /// Reads ``labels`` and ``places`` back.
  init(labels: JSONValue?, places: JSONValue = .null) throws(PlanError) {
    let labels = labels ?? .null
    func text(_ name: String) throws(PlanError) -> String {
      guard case .string(let text) = labels[name] else { throw .badLine("its task has no \(name)") }
      return text
    }
    func count(_ name: String) throws(PlanError) -> Int {
      guard let number = labels[name]?.integer, number > 0 else { throw .badLine("its task has no \(name)") }
      return number
    }
    guard let model = try? ModelSpecification(parsing: text("model")),
      let optimizer = OptimizerConfiguration(describing: try text("optimizerSettings")),
      let schedule = SchedulePlan(describing: try text("schedule")),
      let loss = [Loss.crossEntropy, .meanSquaredError].first(where: { $0.description == (try? text("loss")) }
      )
    else {
      throw .badLine("its task has a model, optimizer, schedule or loss that this program does not know")
    }
    let evaluation = (
      count: try count("evaluations"), samples: try count("evaluationSamples"),
      averaged: try count("averagedEvaluations")
    )
    guard evaluation.averaged <= evaluation.count else {
      throw .badLine("it averages more evaluations than it has")
    }
    self.init(
      dataset: try text("dataset"), dataVersion: try text("dataVersion"), model: model, optimizer: optimizer,
      batchSize: try count("batchSize"), loss: loss, schedule: schedule, steps: try count("steps"),
      evaluation: EvaluationPlan(
        count: evaluation.count, samples: evaluation.samples, averaged: evaluation.averaged),
      start: Self.start(labels, path: places[Self.weightsPlace]?.string),
      photographs: try PhotographOptions(taskLabels: labels, scaling: model.architecture.normalization)
        .map { TaskPhotographs(options: $0, place: places[Self.photographsPlace]?.string) })
  }

  private static func start(_ labels: JSONValue, path: String?) -> TaskStart? {
    guard let sha256 = labels["fromSHA256"]?.string else { return nil }
    let groups = { (name: String) in labels[name]?.string.map(TaskStart.groups) ?? [] }
    return TaskStart(
      sha256: sha256, fresh: groups("fresh"), frozen: groups("freeze"),
      name: path ?? labels["from"]?.string ?? sha256, path: path)
  }
}
