public import TrainingEngine

/// What follows the hidden layers of a plain network: an activation and dropout.
public struct HiddenLayers: Sendable, Equatable {
  /// The function of every hidden value, by its word in names.
  public enum Activation: String, Sendable, CaseIterable {
    /// max(x, 0), the one that names leave out.
    case relu
    /// min(max(x, 0), 6).
    case relu6
    /// x, or x / 100 where it is negative.
    case leakyReLU = "leakyrelu"
    /// x·Φ(x).
    case gelu
    /// x·σ(x).
    case silu
    /// tanh x.
    case tanh
    /// 1/(1 + e^−x).
    case sigmoid

    /// The layer.
    public var layer: any Layer {
      switch self {
      case .relu: ReLU()
      case .relu6: ReLU6()
      case .leakyReLU: LeakyReLU()
      case .gelu: GELU()
      case .silu: SiLU()
      case .tanh: Tanh()
      case .sigmoid: Sigmoid()
      }
    }
  }

  /// The function of every hidden value.
  public let activation: Activation
  /// The share of hidden values that training drops, from 0 to below 1.
  public let dropout: Double

  /// Creates a choice.
  public init(activation: Activation = .relu, dropout: Double = 0) {
    precondition(dropout >= 0 && dropout < 1, "dropout needs a rate of at least 0 and below 1")
    self.activation = activation
    self.dropout = dropout
  }

  /// Takes an activation's word and `dropoutP`, in this order, where they come next.
  init(from name: inout NameWords) {
    activation = name.take(oneOf: Activation.allCases.map { ($0.rawValue, $0) }) ?? .relu
    dropout = name.takeShare(after: "dropout") ?? 0
  }

  /// The words that read back as this choice: none for ReLU without dropout.
  var words: [String] {
    (activation == .relu ? [] : [activation.rawValue]) + (dropout == 0 ? [] : ["dropout\(dropout)"])
  }

  /// The dropout, where there is one.
  var dropoutLayers: [any Layer] { dropout == 0 ? [] : [Dropout(rate: dropout)] }
}
