internal import RandomStreams

/// What a parameter does in its layer; optimizers may treat the kinds differently.
public enum ParameterKind: String, Sendable, Equatable {
  /// A matrix or filter bank that inputs are multiplied by.
  case weight
  /// A vector that is added.
  case bias
  /// A normalisation's scale or shift.
  case norm
}

/// How a parameter begins.
public enum Initializer: Sendable, Equatable {
  /// Every element has this value.
  case constant(Float)
  /// Independent and uniform in [−bound, bound).
  case uniform(bound: Float)
  /// Independent and normal with mean 0.
  case normal(deviation: Float)

  /// PyTorch's default for the weights and biases of linear and convolution layers: uniform within 1/√fan-in.
  ///
  /// Kaiming's uniform bound √(6/((1 + a²)·fan-in)) with the slope a = √5 is the same 1/√fan-in. Source: PyTorch
  /// 2.13 `torch/nn/modules/linear.py` and `conv.py`; K. He et al., "Delving Deep into Rectifiers", ICCV 2015.
  public static func pyTorchDefault(fanIn: Int) -> Initializer {
    .uniform(bound: 1 / Float(fanIn).squareRoot())
  }

  func values(count: Int, from stream: inout RandomStream) -> [Float] {
    switch self {
    case .constant(let value): [Float](repeating: value, count: count)
    case .uniform(let bound): (0..<count).map { _ in (2 * stream.uniformFloat() - 1) * bound }
    case .normal(let deviation): (0..<count).map { _ in Float(stream.normal()) * deviation }
    }
  }
}

/// Where a parameter lies in the flat parameter and gradient buffers.
public struct ParameterSlot: Sendable, Equatable {
  package let offset: Int
  package let count: Int
}

/// One named parameter of a network.
public struct ParameterDescription: Sendable, Equatable {
  /// The name as PyTorch would give it, for example `0.weight`.
  public let name: String
  /// The extents as stored: linear weights [outputs, inputs], filters [kernel, kernel, inputs, outputs].
  public let shape: [Int]
  /// What the parameter does.
  public let kind: ParameterKind
  /// The index of its parameter group.
  public internal(set) var group: Int
  /// How it begins.
  public let initializer: Initializer
  /// Where the last axis runs over the values of a flattened picture: its height, width and channels.
  public let flattenedPicture: [Int]?
  package let slot: ParameterSlot
}

/// One named tensor that training changes but no gradient does, such as a running mean.
public struct BufferDescription: Sendable, Equatable {
  /// The name as PyTorch would give it, for example `1.running_mean`.
  public let name: String
  /// The extents.
  public let shape: [Int]
  /// The value that every element begins with.
  public let initialValue: Float
  /// Where the last axis runs over the values of a flattened picture: its height, width and channels.
  public let flattenedPicture: [Int]?
  package let slot: ParameterSlot
}

/// Parameters that share a learning rate: those whose names begin with one of the prefixes.
public struct ParameterGroup: Sendable, Equatable {
  /// The group's name, for example `head`.
  public let name: String
  /// Prefixes of parameter names; the empty one fits all.
  public let prefixes: [String]
  /// Replaces the optimizer's weight decay for these parameters; nil keeps it.
  public let weightDecay: Double?
  /// Whether the optimizer leaves these parameters as they are; running statistics still move.
  ///
  /// Layers before the first parameter that is not frozen take no part in the backward pass.
  public let isFrozen: Bool
  /// Whether the scales and shifts of norms in a frozen group train all the same, as fastai's `train_bn` lets them.
  public let trainsNorms: Bool

  /// Creates a group; among several the first that fits a parameter takes it.
  public init(
    name: String, prefixes: [String], weightDecay: Double? = nil, isFrozen: Bool = false,
    trainsNorms: Bool = false
  ) {
    precondition(weightDecay.map { $0 >= 0 } ?? true, "a weight decay is not negative")
    self.name = name
    self.prefixes = prefixes
    self.weightDecay = weightDecay
    self.isFrozen = isFrozen
    self.trainsNorms = trainsNorms
  }

  /// Whether the optimizer moves a parameter of this kind.
  func trains(_ kind: ParameterKind) -> Bool { !isFrozen || trainsNorms && kind == .norm }

  /// The only group of a network that has one rate for all.
  public static let all = ParameterGroup(name: "all", prefixes: [""])
}
