import Spelling
public import TrainingEngine

/// Which model to train, by a name that reads back as itself.
///
/// The forms are those of the ``architectures``: for example `mlp-256-128`, `cnn`, `resnet34-width8`.
public struct ModelSpecification: Sendable, Hashable, CustomStringConvertible {
  /// What the name means.
  public let architecture: any Architecture
  /// The canonical name.
  public let name: String

  /// Every family of models, in the order of every listing.
  public static let architectures: [any Architecture.Type] = [
    Logistic.self, MLP.self, CNN.self, CIFARResNet.self, ResNet.self, EfficientNetLite.self,
    VisionLearner.self,
    CharacterGRU.self, CausalTransformer.self,
  ]

  /// The valid forms, as examples for messages and help.
  public static let forms = architectures.flatMap { $0.forms }

  /// Names a model.
  public init(_ architecture: any Architecture) {
    self.architecture = architecture
    name = architecture.name
  }

  /// Reads a model's name.
  ///
  /// - Throws: ``ModelZooError/unknownModel(name:nearest:)`` with the valid forms that are nearest in spelling.
  public init(parsing name: String) throws(ModelZooError) {
    let words = NameWords(name)
    for type in Self.architectures {
      if let architecture = type.init(words) {
        self.init(architecture)
        return
      }
    }
    throw .unknownModel(name: name, nearest: nearestNames(to: name, among: Self.forms))
  }

  /// Builds the model's network.
  ///
  /// - Parameters:
  ///   - inputShape: the shape of one sample; models of flat samples flatten pictures first.
  ///   - outputCount: classes or target values.
  ///   - groups: parameters that get a learning rate of their own.
  /// - Throws: ``ModelZooError`` where the model cannot take such samples;
  ///   `TrainingEngineError` where a parameter is in no group.
  public func network(
    inputShape: SampleShape, outputCount: Int, groups: [ParameterGroup] = [.all]
  ) throws -> Network {
    try Network(
      name: name, body: architecture.body(input: inputShape, outputs: outputCount), inputShape: inputShape,
      groups: groups)
  }

  /// The canonical name.
  public var description: String { name }

  /// Models are the same if their canonical names are.
  public static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  /// Hashes the canonical name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
