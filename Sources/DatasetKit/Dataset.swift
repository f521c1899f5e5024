public import TrainingEngine

/// A data set, split and normalised.
public struct Dataset: Sendable, Equatable {
  /// The name that ``load(_:from:)`` takes.
  public let name: String
  /// What training sees.
  public let train: Samples
  /// What evaluation sees.
  public let validation: Samples
  /// How many outputs a network needs for a sample, or for each character of a text: classes, numbered from 0, or
  /// target values.
  public let outputCount: Int
  /// What training minimises.
  public let loss: Loss
  /// What the classes are called, in the order of their numbers; empty where they have only numbers.
  public var classNames: [String] = []
  /// The files that are no samples because they are damaged or nobody knows their class.
  public var skipped: [SkippedFile] = []

  /// What tells photographs from others, 16 hexadecimal digits: the beginning of a SHA-256 over the names, contents and
  /// classes of all that can be decoded; nil of other data, which their registry's version names.
  public var photographVersion: String?

  /// The number of samples of both parts.
  public var sampleCount: Int { train.count + validation.count }

  /// The shape of one sample.
  public var sampleShape: SampleShape { train.shape }

  /// All data sets, known without reading a file.
  public static let entries = DatasetCatalog.entries

  /// The names of all data sets.
  public static let names = entries.map(\.name)

  /// What is known about a data set without reading a file.
  ///
  /// - Throws: ``DatasetError/unknownDataset(name:available:)``, whose text names the nearest, or
  ///   ``DatasetError/folderWithoutSlash(name:)``.
  public static func entry(named name: String) throws(DatasetError) -> DatasetEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      if !isFolder(name), Folder.isFolder(name) { throw .folderWithoutSlash(name: name) }
      throw .unknownDataset(name: name, available: names)
    }
    return entry
  }

  /// Loads a data set by its name.
  ///
  /// Files are checked for their form, not by their checksums.
  ///
  /// - Parameters:
  ///   - name: one of ``names``.
  ///   - folders: where to look.
  ///   - options: how photographs become samples; other sets have no use for it.
  ///   - cache: the photographs that were read before.
  ///   - willRead: takes the number of photographs before they are read, which takes long where they are many.
  /// - Throws: ``DatasetError``: an unknown name, a missing, unreadable or damaged file.
  public static func load(
    _ name: String, from folders: DataFolders, photographs options: PhotographOptions = PhotographOptions(),
    cache: PhotographCache? = nil, willRead: (Int) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    isFolder(name)
      ? try PhotographSet(name: folderName(name), folder: name, labels: nil, strata: nil)
        .dataset(options, cache: cache, willRead: willRead)
      : try entry(named: name).load(
        from: folders, photographs: options, cache: cache, willRead: willRead)
  }

  /// Whether a data set is named by the path of its folder of photographs: that has a slash.
  public static func isFolder(_ name: String) -> Bool { name.contains("/") }

  /// Whether a name or the path of a folder is that of photographs, which ``PhotographOptions`` are for.
  ///
  /// - Throws: ``DatasetError/unknownDataset(name:available:)``
  public static func isPhotographs(_ name: String) throws(DatasetError) -> Bool {
    isFolder(name) ? true : try entry(named: name).isPhotographs
  }

  /// What a folder's data set is called: as the folder.
  public static func folderName(_ path: String) -> String {
    path.split(separator: "/").last { $0 != "." && $0 != ".." }.map(String.init) ?? path
  }

  /// Makes sure that a network can learn this set.
  ///
  /// - Throws: ``DatasetError/unsuitableModel(dataset:model:requirement:)``
  public func check(_ network: Network) throws(DatasetError) {
    let readsText = network.outputShape.dimensions.count > 1
    guard readsText == (train.labelCount > 1) else {
      throw .unsuitableModel(
        dataset: name, model: network.name,
        requirement: readsText
          ? "it reads texts, and \(name) is none" : "\(name) needs one that reads texts")
    }
    guard network.inputShape.count == sampleShape.count, network.outputShape.channels == outputCount else {
      throw .unsuitableModel(
        dataset: name, model: network.name,
        requirement:
          "it makes \(network.outputShape) of \(network.inputShape), and \(name) has \(outputCount) "
          + "outputs and samples of \(sampleShape)")
    }
  }
}

extension DatasetEntry {
  /// Loads the set.
  ///
  /// - Throws: ``DatasetError``: a missing, unreadable or damaged file.
  package func load(
    from folders: DataFolders, photographs options: PhotographOptions = PhotographOptions(),
    cache: PhotographCache? = nil, willRead: (Int) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    if case .photographs(let labels, let strata) = format {
      let place = try photographFolder(in: folders)
      do {
        return try PhotographSet(name: name, folder: place, labels: labels, strata: strata)
          .dataset(options, cache: cache, willRead: willRead)
      } catch  where options.labels == nil && options.strata == nil {
        throw fetchingAgain(after: error)
      }
    }
    let parts: (train: Samples, validation: Samples) =
      switch format {
      case .idx: try FashionMNIST.samples(self, from: folders)
      case .pictures(let largest, let standardised):
        try PictureTable(self, largest: largest, from: folders).split(standardised: standardised)
      case .classTable: try NumberTable(self, from: folders).classes()
      case .numberTable(let logarithmic):
        try NumberTable(self, from: folders).targets(logarithmic: logarithmic)
      case .text: try TextFile(self, from: folders).windows()
      case .photographs: preconditionFailure("photographs are loaded above")
      }
    return Dataset(
      name: name, train: parts.train, validation: parts.validation, outputCount: outputCount, loss: loss,
      classNames: classNames)
  }
}
