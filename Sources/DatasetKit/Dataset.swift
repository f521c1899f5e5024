public import TrainingEngine

/// A data set, split and normalised.
public struct Dataset: Sendable, Equatable {
  /// The name that ``load(_:from:)`` takes.
  public let name: String
  /// What training sees.
  public let train: Samples
  /// What evaluation sees.
  public let validation: Samples
  /// How many classes the labels number, from 0.
  public let classCount: Int

  /// The shape of one sample.
  public var sampleShape: SampleShape { train.shape }

  /// The names of all data sets.
  public static let names = [FashionMNIST.name, Digits.name]

  /// Loads a data set by its name.
  ///
  /// - Parameters:
  ///   - name: `fashion-mnist` or `digits`.
  ///   - folders: where to look.
  /// - Throws: ``DatasetError``: an unknown name, a missing, unreadable or damaged file.
  public static func load(_ name: String, from folders: DataFolders) throws(DatasetError) -> Dataset {
    switch name {
    case FashionMNIST.name: try FashionMNIST.load(from: folders)
    case Digits.name: try Digits.load(from: folders)
    default: throw .unknownDataset(name: name, available: names)
    }
  }
}
