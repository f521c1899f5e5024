public import ImageCodec
public import TrainingEngine

/// A family of models that differ in sizes, and the grammar of their names.
///
/// A name is words joined by hyphens, such as `resnet34-width8`. Every model of the toolkit is one type that conforms,
/// listed in ``ModelSpecification/architectures``.
public protocol Architecture: Sendable {
  /// Names of this family, as examples for messages and help: the shortest first.
  static var forms: [String] { get }

  /// Reads a name; nil where it is none of this family's.
  init?(_ name: NameWords)

  /// The words of the name that reads back as this model, defaults written out where the family is known by them.
  var words: [String] { get }

  /// The layers from input to output.
  ///
  /// - Parameters:
  ///   - input: the shape of one sample.
  ///   - outputs: the classes or target values.
  /// - Throws: ``ModelZooError`` where the model cannot take such samples.
  func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential

  /// How a photograph's bytes become inputs; ImageNet's statistics unless the model was published with others.
  var normalization: PixelScaling { get }

  /// The modules of published checkpoints that the model has others in place of.
  var replacedModules: [String] { get }

  /// The parameter groups above the lowest, from below, that fine-tuning gives rates of their own; none where the
  /// model was not made for it.
  var fineTuningGroups: [ModuleGroup] { get }
}

/// A parameter group and the modules in it.
public struct ModuleGroup: Sendable, Equatable {
  /// The group's name.
  public let name: String
  /// The modules, or single parameters.
  public let modules: [String]

  /// Describes a group.
  public init(name: String, modules: [String]) {
    self.name = name
    self.modules = modules
  }
}

extension Architecture {
  /// ImageNet's.
  public var normalization: PixelScaling { .imageNet }
  /// None.
  public var replacedModules: [String] { [] }
  /// None.
  public var fineTuningGroups: [ModuleGroup] { [] }

  /// The canonical name.
  public var name: String { words.joined(separator: "-") }

  /// Stops models of pictures at other samples.
  func requirePictures(_ input: SampleShape) throws(ModelZooError) {
    guard input.picture != nil else { throw .needsPictures(model: name, shape: input.description) }
  }

  /// Stops models of sequences at other samples.
  func requireSequences(_ input: SampleShape) throws(ModelZooError) {
    guard input.dimensions.count == 1 else {
      throw .needsSequences(model: name, shape: input.description)
    }
  }
}
