/// How the weights of a linear or convolution layer begin, by a rule that knows the layer's fans.
///
/// The fan-in is the number of inputs that one output sees, the fan-out the number of outputs that one input reaches (of
/// a convolution kernel²·outputs / groups, as PyTorch counts). Biases begin as PyTorch's defaults whatever the rule.
/// Formulas of PyTorch 2.13's `torch.nn.init`; sources: K. He et al., "Delving Deep into Rectifiers", ICCV 2015;
/// X. Glorot, Y. Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010.
public enum WeightInitializer: Sendable, Equatable {
  /// Uniform within 1/√fan-in.
  case pyTorchDefault
  /// Normal with deviation √(2 / fan-in), He's for rectifiers.
  case kaimingNormal
  /// Normal with deviation √(2 / fan-out), torchvision's for the convolutions of a ResNet.
  case kaimingNormalFanOut
  /// Uniform within √(6 / fan-in), He's for rectifiers.
  case kaimingUniform
  /// Normal with deviation √(2 / (fan-in + fan-out)), Glorot's.
  case xavierNormal
  /// Uniform within √(6 / (fan-in + fan-out)), Glorot's.
  case xavierUniform
  /// Every weight has the same distribution or value, whatever the fans.
  case fixed(Initializer)

  /// The rule for a layer with these fans.
  public func initializer(fanIn: Int, fanOut: Int) -> Initializer {
    let (inputs, outputs) = (Float(fanIn), Float(fanOut))
    return switch self {
    case .pyTorchDefault: .pyTorchDefault(fanIn: fanIn)
    case .kaimingNormal: .normal(deviation: (2 / inputs).squareRoot())
    case .kaimingNormalFanOut: .normal(deviation: (2 / outputs).squareRoot())
    case .kaimingUniform: .uniform(bound: (6 / inputs).squareRoot())
    case .xavierNormal: .normal(deviation: (2 / (inputs + outputs)).squareRoot())
    case .xavierUniform: .uniform(bound: (6 / (inputs + outputs)).squareRoot())
    case .fixed(let initializer): initializer
    }
  }
}
