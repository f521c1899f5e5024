internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

extension MatrixReader {
  /// The tasks of a product, whether or not they can be trained.
  func candidates(_ variant: Variant) throws(FileProblem) -> [TaskCandidate] {
    let task = variant.task
    guard let datasets = task.datasets else { throw missing("dataset", variant) }
    guard let models = task.models else { throw missing("model", variant) }
    guard let optimizers = task.optimizers else { throw missing("optimizer", variant) }
    guard let steps = task.steps else { throw missing("steps", variant) }
    let batchSizes =
      task.batchSizes ?? [Placed(value: ComparisonForm.standardBatchSize, position: variant.position)]
    let schedules = task.schedules?.map(\.value.plan) ?? [SchedulePlan(kind: ComparisonForm.standardSchedule)]
    let weightDecays: [Double?] = task.weightDecays?.map(\.value) ?? [nil]
    var candidates: [TaskCandidate] = []
    for dataset in datasets {
      for model in models {
        let variations = try variations(task, dataset, model.value)
        for optimizer in optimizers {
          for batchSize in batchSizes {
            for schedule in schedules {
              for steps in steps {
                for weightDecay in weightDecays {
                  for variation in variations {
                    candidates.append(
                      TaskCandidate(
                        task: TaskSpecification(
                          dataset: variation.facts.name, dataVersion: variation.facts.version,
                          model: model.value,
                          optimizer: optimizer.value.configuration(weightDecay: weightDecay),
                          batchSize: batchSize.value, loss: variation.facts.loss, schedule: schedule,
                          steps: steps.value, evaluation: evaluation, start: variation.start,
                          photographs: variation.photographs),
                        variation: variation, model: model.position, batchSize: batchSize.position,
                        steps: steps.position))
                  }
                }
              }
            }
          }
        }
      }
    }
    return candidates
  }

  /// Every beginning and every choice of photographs for a data set and a model, the last varying fastest.
  private func variations(
    _ task: PartialTask, _ dataset: Placed<DatasetChoice>, _ model: ModelSpecification
  ) throws(FileProblem) -> [TaskVariation] {
    if task.froms == nil, let useless = task.fresh?.first ?? task.frozen?.first {
      throw FileProblem(
        useless.position,
        "without `from` all weights are random; name weights, or remove `fresh` and `freeze`")
    }
    var variations: [TaskVariation] = []
    for from in Self.choices(task.froms) {
      for fresh in Self.choices(task.fresh) {
        for frozen in Self.choices(task.frozen) {
          let start = try from.map { from throws(FileProblem) in
            try sources.start(from, fresh: fresh?.value ?? [], frozen: frozen?.value ?? [])
          }
          for photographs in Self.choices(task.photographs) {
            let found = try sources.facts(dataset, photographs, model, begins: start != nil)
            variations.append(
              TaskVariation(
                facts: found.facts, start: start, photographs: found.photographs, from: from?.position,
                fresh: fresh?.position, frozen: frozen?.position,
                useless: dataset.value.isPhotographs ? nil : photographs?.position))
          }
        }
      }
    }
    return variations
  }

  /// The values of a key that may be missing.
  private static func choices<Value>(_ values: [Placed<Value>]?) -> [Placed<Value>?] {
    values.map { $0.map(Optional.some) } ?? [nil]
  }

  private func missing(_ key: String, _ variant: Variant) -> FileProblem {
    FileProblem(
      variant.position, "the key \(key) is missing: a task needs dataset, model, optimizer and steps")
  }
}
