internal import DatasetKit
internal import DocumentFiles
internal import ImageCodec

/// A data set as the file names it.
enum DatasetChoice: Equatable, Sendable {
  /// One of the registry.
  case registered(DatasetEntry)
  /// A folder of photographs, by its path.
  case folder(String)

  /// What its tasks call it.
  var name: String {
    switch self {
    case .registered(let entry): entry.name
    case .folder(let path): Dataset.folderName(path)
    }
  }

  var isPhotographs: Bool {
    switch self {
    case .registered(let entry): entry.isPhotographs
    case .folder: true
    }
  }

  /// How classes are found where the file does not say.
  var labelRule: LabelRule {
    switch self {
    case .registered(let entry): entry.labelRule ?? .parentFolder
    case .folder: .parentFolder
    }
  }
}

/// Weights as the file names them.
struct FromChoice: Equatable, Sendable {
  let name: String
  /// The hash that the file states; nil where the weights are to be looked at.
  let sha256: String?

  /// Whether a task begins with these weights.
  func agrees(with start: TaskStart?) -> Bool {
    guard let start else { return false }
    return sha256.map { $0 == start.sha256 } ?? (name == start.name)
  }
}

/// What the file says of photographs; nil where it says nothing.
struct PhotographChoice: Hashable, Sendable {
  var labels: LabelRule?
  var strata: LabelRule?
  var side: Int?
  var splitSeed: UInt64?
  var augmentation: PhotographOptions.Augmentation?
  /// What tells the photographs from others; nil where they are to be looked at.
  var version: String?

  /// The options, with the defaults where the file says nothing.
  func options(labels standardLabels: LabelRule, scaling: PixelScaling) -> PhotographOptions {
    let standard = PhotographOptions()
    return PhotographOptions(
      labels: labels ?? standardLabels, strata: strata, side: side ?? standard.side,
      splitSeed: splitSeed ?? standard.splitSeed, augmentation: augmentation ?? standard.augmentation,
      scaling: scaling)
  }

  /// Whether a task agrees with everything that this says.
  func agrees(with task: TaskSpecification) -> Bool {
    guard let options = task.photographs?.options else { return false }
    func agrees<Value: Equatable>(_ said: Value?, _ value: Value?) -> Bool { said == nil || said == value }
    return agrees(labels, options.labels) && agrees(strata, options.strata) && agrees(side, options.side)
      && agrees(splitSeed, options.splitSeed) && agrees(augmentation, options.augmentation)
      && agrees(version, task.dataVersion)
  }
}
