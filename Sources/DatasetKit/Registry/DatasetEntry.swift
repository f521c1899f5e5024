internal import Archives
public import TrainingEngine

/// What is known about a data set before any of its files is read.
public struct DatasetEntry: Sendable, Equatable {
  /// What a network learns from the set.
  public enum Kind: String, Sendable, CaseIterable {
    /// One of several classes.
    case classification
    /// A number.
    case regression
    /// The next character, at every place of a text.
    case text
  }

  /// A file that is read, and what it must hold.
  public struct File: Sendable, Equatable {
    /// The file's name within the data set's folder.
    public let name: String
    /// SHA-256 of its bytes, in hexadecimal digits.
    public let checksum: String
  }

  /// The name, which is also that of the folder with its files.
  public let name: String
  /// What the data are, in a few words.
  public let summary: String
  /// Sets of one family are not independent of each other, and are resampled together.
  public let family: String
  /// The shape of one sample; a text's are as many characters as one sample has.
  public let sampleShape: SampleShape
  /// How many classes, target values or different characters there are.
  public let outputCount: Int
  /// How many samples training sees; of photographs, how many it would see if all could be decoded.
  public let trainCount: Int
  /// How many samples evaluation sees.
  public let validationCount: Int
  /// What the classes are called, in the order of their numbers; empty where they have only numbers.
  public let classNames: [String]
  /// Who made the data, and where they were published.
  public let origin: String
  /// The licences of the data and of the package, as they are stated.
  public let licence: String
  /// The package in which the data come; nil where they come in ``archives``.
  public let package: DatasetPackage?
  /// The archives of photographs, any of which will do; empty where the data come in a package.
  public let archives: [DatasetArchive]
  /// The name of the folder that holds the files.
  public let folderName: String
  /// The files that are read, in the order of ``version``; empty for photographs.
  public let files: [File]
  /// Whether the files come with the toolkit.
  public let isShipped: Bool
  /// How the files are read.
  let format: DatasetFormat

  /// SHA-256 over the files' checksums and names, or the archives', in hexadecimal digits: the same for the same data.
  public let version: String

  init(
    _ name: String, _ summary: String, family: String, _ format: DatasetFormat, shape: SampleShape,
    outputs: Int, train: Int, validation: Int, classNames: [String] = [], origin: String, licence: String,
    package: DatasetPackage? = nil, archives: [DatasetArchive] = [],
    files: [(name: String, checksum: String)] = [], folderName: String? = nil, isShipped: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.family = family
    self.format = format
    sampleShape = shape
    outputCount = outputs
    trainCount = train
    validationCount = validation
    self.classNames = classNames
    self.origin = origin
    self.licence = licence
    self.package = package
    self.archives = archives
    self.folderName = folderName ?? name
    self.files = files.map { File(name: $0.name, checksum: $0.checksum) }
    self.isShipped = isShipped
    // Sets of the same photographs differ in their classes.
    let lines =
      archives.isEmpty
      ? self.files.map { "\($0.checksum)  \($0.name)\n" }.joined()
      : archives.map { "\($0.checksum.digits)  \(name)\n" }.joined()
    version = SHA256Hash.hexadecimal(of: lines.utf8)
  }

  /// The package or archive in which the data come.
  public var sourceDescription: String {
    package?.description ?? archives.first.map { "\($0.address)" } ?? name
  }

  /// What a network learns from the set.
  public var kind: Kind {
    switch format {
    case .idx, .pictures, .classTable, .photographs: .classification
    case .numberTable: .regression
    case .text: .text
    }
  }

  /// Whether the samples are photographs.
  public var isPhotographs: Bool {
    if case .photographs = format { true } else { false }
  }

  /// What a training on the set minimises.
  public var loss: Loss { kind == .regression ? .meanSquaredError : .crossEntropy }

  /// The shape of what a network gives for one sample; for a text, at every place of it.
  public var outputShape: SampleShape {
    kind == .text ? SampleShape(sampleShape.dimensions + [outputCount]) : SampleShape([outputCount])
  }

  /// How many samples there are.
  public var sampleCount: Int { trainCount + validationCount }

  /// What somebody who lacks the files should do.
  var remedy: String {
    let manual =
      if let package, package.manager == .apt, !package.isConverted {
        ", or apt-get install \(package.name)"
      } else { "" }
    let build = isShipped ? "run the program from the package's build, or " : ""
    return
      "\(build)run suggest data fetch \(name)\(manual), or set SUGGEST_DATA to a folder that holds \(folderName)/"
  }
}

/// How the files of a data set are read.
enum DatasetFormat: Sendable, Equatable {
  /// Four gzip-compressed files of MNIST's format; standardised.
  case idx
  /// A gzip-compressed table of bytes without a header, the class last; divided by `largest`, or standardised.
  case pictures(largest: UInt8, standardised: Bool)
  /// A table with a header, the number of the class last; standardised.
  case classTable
  /// A table with a header, the target last; inputs and target, or its natural logarithm, standardised.
  case numberTable(logarithmic: Bool)
  /// A text; the number of a character is its place among all that occur.
  case text
  /// JPEG files with classes by the one rule; each part of a split has its share by the other.
  case photographs(labels: LabelRule, strata: LabelRule)
}

/// The package in which a data set comes.
public struct DatasetPackage: Sendable, Equatable {
  /// The programs that get packages.
  public enum Manager: String, Sendable, CaseIterable {
    /// Python's packages.
    case pip
    /// Debian's packages.
    case apt
  }

  /// What gets the package.
  public let manager: Manager
  /// The package's name.
  public let name: String
  /// The version in which the data were checked; another will do if the files are the same.
  public let version: String
  /// Whether the package holds its data in a form that `convert.py` makes files of.
  let isConverted: Bool
  /// Whether `convert.py` needs libraries for it.
  let needsLibraries: Bool
  /// Whether pip should take the sources, not a wheel.
  let isSource: Bool

  init(
    _ manager: Manager, _ name: String, _ version: String, isConverted: Bool = true,
    needsLibraries: Bool = false, isSource: Bool = false
  ) {
    self.manager = manager
    self.name = name
    self.version = version
    self.isConverted = isConverted
    self.needsLibraries = needsLibraries
    self.isSource = isSource
  }

  /// The manager, the name and the version, such as `pip mlxtend 0.25.0`.
  public var description: String { "\(manager.rawValue) \(name) \(version)" }
}
