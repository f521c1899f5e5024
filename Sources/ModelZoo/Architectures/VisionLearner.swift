public import ImageCodec
public import TrainingEngine

/// A backbone with fastai's head in place of its classifier: what `vision_learner` trains.
///
/// | | |
/// |---|---|
/// | `head.0`, `head.1` | the maxima and the means over the last pictures, flat |
/// | `head.2`, `head.3`, `head.4` | batch norm, dropout 0.25, linear to 512 without bias |
/// | `head.5` | ReLU |
/// | `head.6`, `head.7`, `head.8` | batch norm, dropout 0.5, linear to the classes without bias |
///
/// The body's tensors have the names of the published checkpoint, the head's are those of fastai's `1.N` under `head.N`.
/// Linear layers begin normal with deviation √(2 / inputs), batch norms with a shift of 0.001. Source: fastai 2.8.12's
/// `create_head`, `LinBnDrop`, `_get_norm` and `apply_init`; J. Howard, S. Gugger, "fastai: A Layered API for Deep
/// Learning", Information 11 (2020).
public struct VisionLearner: Architecture {
  /// Some of them.
  public static let forms = ["resnet34-fastai", "resnet18-fastai", "efficientnet-lite0-fastai"]
  /// The last word of the names.
  private static let word = "fastai"
  /// The module of the new layers.
  private static let head = "head"
  private static let backbones: [any Backbone.Type] = [ResNet.self, EfficientNetLite.self]

  private let backbone: any Backbone
  private var dropoutRates = (first: 0.25, second: 0.5)

  /// Reads a backbone's name with `-fastai` behind it.
  public init?(_ name: NameWords) {
    var name = name
    guard name.takeLast(Self.word), let backbone = Self.backbones.lazy.compactMap({ $0.init(name) }).first
    else { return nil }
    self.backbone = backbone
  }

  /// `resnet34-fastai`, `resnet34-width8-fastai`.
  public var words: [String] { backbone.words + [Self.word] }

  /// The backbone's.
  public var normalization: PixelScaling { backbone.normalization }

  /// The classifier of the backbone.
  public var replacedModules: [String] { [type(of: backbone).classifier] }

  /// The upper part of the body, where it is divided, and the head; the rest of the body lies below.
  public var fineTuningGroups: [ModuleGroup] {
    (backbone.upperModules.isEmpty ? [] : [ModuleGroup(name: "upper", modules: backbone.upperModules)])
      + [ModuleGroup(name: Self.head, modules: [Self.head])]
  }

  /// The same with dropouts that drop nothing: PyTorch's gradients can be compared with these, with its masks' not.
  package var withoutDropout: Self {
    var copy = self
    copy.dropoutRates = (0, 0)
    return copy
  }

  /// The backbone and the table's rows.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    Sequential(named: ["": try backbone.features(input: input), Self.head: newHead(outputs)])
  }

  private func newHead(_ outputs: Int) -> Sequential {
    Sequential([
      AdaptiveConcatPool(), Flatten(), norm, Dropout(rate: dropoutRates.first), linear(512), ReLU(), norm,
      Dropout(rate: dropoutRates.second), linear(outputs),
    ])
  }

  private var norm: BatchNorm { BatchNorm(initialShift: 1e-3) }

  private func linear(_ outputs: Int) -> Linear {
    Linear(outputs, bias: false, initializer: .kaimingNormal)
  }
}
