public import DatasetKit
internal import ModelZoo

/// The data and weights that a task needs.
public struct TaskSource: Equatable, Sendable {
  private let dataset: String
  /// The folder of photographs; nil of a registered data set.
  private let place: String?
  private let start: TaskStart?

  /// What `task` needs.
  public init(_ task: TaskSpecification) {
    dataset = task.dataset
    place = task.photographs?.place
    start = task.start
  }

  /// Makes sure that everything is there, without reading data; weights are compared with their hash.
  ///
  /// - Throws: `DatasetError`, `CheckpointFileError` or ``MaterialsError``.
  public func find(in folders: DataFolders, weights: WeightFolders) throws {
    // Folders were looked through when the comparison was read, unless it states their version.
    if place == nil { try Dataset.entry(named: dataset).find(in: folders) }
    _ = try start?.weights(in: weights)
  }
}
