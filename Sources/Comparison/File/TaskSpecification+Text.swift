internal import CurveModel
internal import DatasetKit
internal import ModelZoo
internal import TrainingEngine

extension TaskSpecification {
  /// The task as a product of a matrix that says everything.
  var resolvedMembers: [JSONValue.Member] {
    [
      .init("dataset", .string(photographs?.folder ?? dataset)), .init("model", .string(model.name)),
      .init("optimizer", .object(optimizer.resolvedMembers)),
      .init("batch-size", .number(Double(batchSize))),
      .init("schedule", .object(schedule.resolvedMembers)), .init("steps", .number(Double(steps))),
    ] + (start?.resolvedMembers ?? [])
      + (photographs.map { [.init("photographs", .object($0.resolvedMembers(version: dataVersion)))] } ?? [])
  }
}

extension TaskStart {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    [.init("from", .object([.init("name", .string(name)), .init("sha256", .string(sha256))]))]
      + (fresh.isEmpty ? [] : [.init("fresh", .string(Self.text(fresh)))])
      + (frozen.isEmpty ? [] : [.init("freeze", .string(Self.text(frozen)))])
  }
}

extension TaskPhotographs {
  fileprivate func resolvedMembers(version: String) -> [JSONValue.Member] {
    (options.labels.map { [.init("labels", .string($0.description))] } ?? [])
      + (options.strata.map { [.init("stratify", .string($0.description))] } ?? [])
      + [
        .init("size", .number(Double(options.side))), .init("split-seed", .number(Double(options.splitSeed))),
        .init("augment", .string(options.augmentation.rawValue)), .init("version", .string(version)),
      ]
  }
}
