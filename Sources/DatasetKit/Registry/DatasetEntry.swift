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
  /// Where the data come from.
  public let source: DatasetSource
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
    source: DatasetSource, files: [(name: String, checksum: String)] = [], folderName: String? = nil,
    isShipped: Bool = false
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
    self.source = source
    self.folderName = folderName ?? name
    self.files = files.map { File(name: $0.name, checksum: $0.checksum) }
    self.isShipped = isShipped
    let lines =
      switch source {
      case .package: self.files.map { "\($0.checksum)  \($0.name)\n" }.joined()
      // Sets of the same photographs differ in their classes.
      case .archives(let archives): archives.map { "\($0.checksum.digits)  \(name)\n" }.joined()
      }
    version = SHA256Hash.hexadecimal(of: lines.utf8)
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

  /// How the classes of photographs are found unless ``PhotographOptions/labels`` says otherwise; nil of other sets.
  public var labelRule: LabelRule? {
    if case .photographs(let labels, _) = format { labels } else { nil }
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
      if case .package(let package) = source, package.manager == .apt, !package.isConverted {
        ", or apt-get install \(package.name)"
      } else { "" }
    let build = isShipped ? "run the program from the package's build, or " : ""
    return
      "\(build)run suggest data fetch \(name)\(manual), or set SUGGEST_DATA to a folder that holds \(folderName)/"
  }
}
