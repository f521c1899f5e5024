public import CurveModel
public import ImageCodec

/// How photographs become samples.
public struct PhotographOptions: Sendable, Hashable {
  /// What training changes at random in every epoch.
  public enum Augmentation: String, Sendable, CaseIterable {
    /// Nothing: the middle square of every photograph, as in validation.
    case none
    /// Which square along the longer side is seen, as fastai's `Resize` chooses it in training.
    case crop
    /// The square, and half the time left and right are exchanged.
    case cropFlip = "crop-flip"
  }

  /// How classes are found; nil takes the data set's own rule, or the folders' names.
  public var labels: LabelRule?
  /// What each part of the split has its share of; nil takes the data set's own rule, or the classes.
  public var strata: LabelRule?
  /// The pixels of a sample's sides.
  public var side: Int
  /// Which of the possible splits into training and validation samples is taken.
  public var splitSeed: UInt64
  /// What training changes at random.
  public var augmentation: Augmentation
  /// How bytes become inputs; the weights of a model decide that.
  public var scaling: PixelScaling

  /// The sides that a sample may have, in pixels.
  public static let sides = 8...1024

  /// The lesson's choices: 224 pixels, the split of seed 0, ImageNet's scaling.
  public init(
    labels: LabelRule? = nil, strata: LabelRule? = nil, side: Int = 224, splitSeed: UInt64 = 0,
    augmentation: Augmentation = .cropFlip, scaling: PixelScaling = .imageNet
  ) {
    precondition(Self.sides.contains(side), "a sample's side is of \(Self.sides) pixels")
    self.labels = labels
    self.strata = strata
    self.side = side
    self.splitSeed = splitSeed
    self.augmentation = augmentation
    self.scaling = scaling
  }
}

extension PhotographOptions {
  /// What decides which samples the photographs become, as labels of a task; the scaling is the model's.
  public var taskLabels: [CurveHeader.Label] {
    [
      .init("size", .number(Double(side))), .init("splitSeed", .string("\(splitSeed)")),
      .init("augmentation", .string(augmentation.rawValue)),
    ]
      + (labels.map { [.init("labels", .string($0.description))] } ?? [])
      + (strata.map { [.init("strata", .string($0.description))] } ?? [])
  }
}
