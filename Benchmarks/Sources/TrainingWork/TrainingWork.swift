/// A network, its batch and its optimizer: what one training step of the benchmark computes.
///
/// Sent to PyTorch's worker as it is, so that both sides build the same from the same numbers.
public struct TrainingWork: Codable, Sendable, Equatable {
  /// The families of networks.
  public enum Model: String, Codable, Sendable {
    /// Linear layers with ReLU between them; `widths` are the hidden ones.
    case mlp
    /// 3×3 convolutions of `widths` filters, each with ReLU and 2×2 max pooling, then a linear layer; no batch norm.
    case cnn
    /// A ResNet of basic blocks; `widths` are the blocks of its four stages.
    case resnet
  }

  /// How the parameters move.
  public struct Optimizer: Codable, Sendable, Equatable {
    /// The families of optimizers.
    public enum Family: String, Codable, Sendable { case sgd, adam }

    /// Which rule; Adam's other settings are PyTorch's defaults.
    public let family: Family
    /// Small enough that the loss falls all the time but does not vanish.
    public let learningRate: Double
    /// SGD's.
    public let momentum: Double
    /// An L2 penalty on the gradient.
    public let weightDecay: Double

    init(_ family: Family, learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
      self.family = family
      self.learningRate = learningRate
      self.momentum = momentum
      self.weightDecay = weightDecay
    }
  }

  /// What the table calls it, with batch and optimizer.
  public let title: String
  /// The family of the network.
  public let model: Model
  /// The shape of a sample: features, or height, width, channels.
  public let input: [Int]
  /// The family's sizes.
  public let widths: [Int]
  /// How many classes the last layer tells apart.
  public let classes: Int
  /// The samples of a step.
  public let batch: Int
  /// Whether a ResNet begins with 3×3, stride 1 and no pooling, for small pictures.
  public let smallStem: Bool
  /// How the parameters move.
  public let optimizer: Optimizer

  init(
    _ title: String, _ model: Model, input: [Int], widths: [Int], classes: Int = 10, batch: Int,
    smallStem: Bool = false, optimizer: Optimizer
  ) {
    self.title = title
    self.model = model
    self.input = input
    self.widths = widths
    self.classes = classes
    self.batch = batch
    self.smallStem = smallStem
    self.optimizer = optimizer
  }
}

extension TrainingWork {
  /// A network so small that what surrounds the arithmetic decides.
  public static let smallMLP = TrainingWork(
    "MLP 64-64-10, batch 64, SGD", .mlp, input: [64], widths: [64], batch: 64,
    optimizer: Optimizer(.sgd, learningRate: 0.01))
  /// Large matrix products and Adam.
  public static let largeMLP = TrainingWork(
    "MLP 784-256-128-10, batch 128, Adam", .mlp, input: [784], widths: [256, 128], batch: 128,
    optimizer: Optimizer(.adam, learningRate: 1e-4))
  /// Convolutions of few channels.
  public static let smallCNN = TrainingWork(
    "CNN 1→16→32, 28×28, batch 64, SGD momentum", .cnn, input: [28, 28, 1], widths: [16, 32], batch: 64,
    optimizer: Optimizer(.sgd, learningRate: 0.01, momentum: 0.9))
  /// torchvision's ResNet-18 with a stem for CIFAR's pictures.
  public static let resNet18 = TrainingWork(
    "ResNet-18, 32×32, batch 32, SGD momentum, decay", .resnet, input: [32, 32, 3],
    widths: [2, 2, 2, 2], batch: 32, smallStem: true,
    optimizer: Optimizer(.sgd, learningRate: 0.01, momentum: 0.9, weightDecay: 5e-4))
  /// torchvision's ResNet-34 with ImageNet's pictures and classes.
  public static let resNet34 = TrainingWork(
    "ResNet-34, 224×224, batch 16, SGD momentum", .resnet, input: [224, 224, 3], widths: [3, 4, 6, 3],
    classes: 1000, batch: 16, optimizer: Optimizer(.sgd, learningRate: 0.01, momentum: 0.9))
}
