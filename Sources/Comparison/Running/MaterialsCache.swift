internal import DatasetKit
internal import ModelZoo

/// The materials of tasks, kept for the next run: runs of one task come one after the other.
///
/// Data and weights are kept for other tasks, too: each file is read and each photograph checked once.
final class MaterialsCache {
  private let folders: DataFolders
  private let weightFolders: WeightFolders
  private let photographs = PhotographCache()
  private var datasets: [DataKey: Dataset] = [:]
  private var weights: [String: StartingWeights] = [:]
  private var latest: TaskMaterials?

  private struct DataKey: Hashable {
    let dataset: String
    let place: String?
    /// Nil of data that are no photographs.
    let options: PhotographOptions?
  }

  init(_ folders: DataFolders, weights: WeightFolders) {
    self.folders = folders
    weightFolders = weights
  }

  /// The materials of a task.
  ///
  /// - Throws: what loading throws, and ``MaterialsError`` where weights or photographs are others than the task's.
  func materials(of task: TaskSpecification) throws -> TaskMaterials {
    if let latest, latest.task == task { return latest }
    let materials = try TaskMaterials(
      task, data: try data(of: task), start: try task.start.map { try weights(of: $0) })
    latest = materials
    return materials
  }

  private func data(of task: TaskSpecification) throws -> Dataset {
    let place = task.photographs?.place
    let name = place ?? task.dataset
    // Photographs become the inputs that the model's weights are used to.
    let options = PhotographOptions(scaling: task.model.architecture.normalization)
    let key = DataKey(
      dataset: task.dataset, place: place,
      options: try Dataset.isPhotographs(name) ? task.photographs?.options ?? options : nil)
    if let known = datasets[key] { return known }
    let data = try Dataset.load(
      name, from: folders, photographs: key.options ?? options, cache: photographs)
    if task.photographs != nil, let version = data.photographVersion, version != task.dataVersion {
      throw MaterialsError.otherPhotographs(
        dataset: name, expected: task.dataVersion, found: version)
    }
    datasets[key] = data
    return data
  }

  private func weights(of start: TaskStart) throws -> StartingWeights {
    if let known = weights[start.sha256] { return known }
    let read = try start.weights(in: weightFolders)
    weights[start.sha256] = read
    return read
  }
}
