internal import DatasetKit
internal import DocumentFiles
internal import ModelZoo

/// Finds and reads the weights and photographs that a comparison file names, each once.
///
/// Where the file states the hash of weights or the version of photographs, nothing is read: then a comparison can be
/// understood where they are not.
final class TaskSources {
  private let folders: ComparisonFolders
  private let photographCache = PhotographCache()
  private var photographSets: [PhotographKey: Dataset] = [:]
  private var files: [String: StartingWeights] = [:]

  private struct PhotographKey: Hashable {
    let place: String
    let options: PhotographOptions
  }

  init(_ folders: ComparisonFolders) { self.folders = folders }

  // MARK: Weights

  /// How a task begins.
  ///
  /// - Throws: ``FileProblem`` where the weights are not here or cannot be read.
  func start(_ from: Placed<FromChoice>, fresh: [String], frozen: [String]) throws(FileProblem) -> TaskStart {
    let choice = from.value
    if let sha256 = choice.sha256 {
      let path = DataFolders.path(choice.name, below: folders.file)
      return TaskStart(
        sha256: sha256, fresh: fresh, frozen: frozen, name: choice.name,
        path: PretrainedWeights.isFile(path) ? path : nil)
    }
    let path: String
    do throws(DatasetError) {
      path = try PretrainedWeights.path(of: choice.name, in: folders.weights, below: folders.file)
    } catch {
      throw FileProblem(from.position, "\(error)")
    }
    let weights = try weights(at: path, named: choice.name, from.position)
    return TaskStart(
      sha256: weights.sha256, fresh: fresh, frozen: frozen, name: choice.name, path: path)
  }

  private func weights(at path: String, named name: String, _ position: FilePosition) throws(FileProblem)
    -> StartingWeights
  {
    if let known = files[path] { return known }
    guard PretrainedWeights.isFile(path) else {
      throw .unknown("file of weights", name, among: PretrainedWeights.all.map(\.name), at: position)
    }
    do throws(CheckpointFileError) {
      let weights = try StartingWeights(path: path)
      files[path] = weights
      return weights
    } catch {
      throw FileProblem(position, "\(error)")
    }
  }

  /// The weights of a task; nil where nobody has read them.
  func weights(of start: TaskStart) -> StartingWeights? { start.path.flatMap { files[$0] } }

  // MARK: Photographs

  /// What is known of a data set, and how its photographs become samples where that is a task's own choice.
  ///
  /// - Parameters:
  ///   - dataset: the data set.
  ///   - choice: what the file says of its photographs.
  ///   - model: the model, which decides how pictures are scaled.
  ///   - begins: whether its tasks begin with weights.
  /// - Throws: ``FileProblem`` where photographs are not here or cannot be learned.
  func facts(
    _ dataset: Placed<DatasetChoice>, _ choice: Placed<PhotographChoice>?, _ model: ModelSpecification,
    begins: Bool
  ) throws(FileProblem) -> (facts: DatasetFacts, photographs: TaskPhotographs?) {
    if case .registered(let entry) = dataset.value,
      !entry.isPhotographs || choice == nil && !begins
    {
      return (DatasetFacts(entry), nil)
    }
    let said = choice?.value ?? PhotographChoice()
    let options = said.options(
      labels: dataset.value.labelRule, scaling: model.architecture.normalization)
    var folder: String?
    if case .folder(let path) = dataset.value { folder = path }
    let place = folder.map { path in
      // A folder is told from a name by its slash.
      let place = DataFolders.path(path, below: folders.file)
      return Dataset.isFolder(place) ? place : "./\(place)"
    }
    let data =
      said.version == nil
      ? try photographs(place ?? dataset.value.name, options, at: choice?.position, dataset.position) : nil
    return (
      DatasetFacts(
        dataset.value.name, version: said.version ?? data?.photographVersion ?? "", side: options.side, data),
      TaskPhotographs(options: options, folder: folder, place: place)
    )
  }

  private func photographs(
    _ name: String, _ options: PhotographOptions, at choice: FilePosition?, _ dataset: FilePosition
  ) throws(FileProblem) -> Dataset {
    let key = PhotographKey(place: name, options: options)
    if let known = photographSets[key] { return known }
    do throws(DatasetError) {
      let data = try Dataset.load(name, from: folders.data, photographs: options, cache: photographCache)
      photographSets[key] = data
      return data
    } catch {
      let isOfOptions = if case .unsuitableFolder = error { true } else { false }
      throw FileProblem(isOfOptions ? choice ?? dataset : dataset, Self.words(error))
    }
  }

  /// The error with the keys of a file in place of the options of a command.
  private static func words(_ error: DatasetError) -> String {
    "\(error)".replacing("--labels", with: "`labels`").replacing("--stratify", with: "`stratify`")
  }
}
