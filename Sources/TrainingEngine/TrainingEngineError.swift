/// Why a network could not be built, or a tensor not be set.
public enum TrainingEngineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A layer cannot take inputs of this shape.
  case unsuitableInput(layer: String, shape: SampleShape, requirement: String)
  /// A sequence has no layer that computes anything.
  case emptyNetwork
  /// No parameter group's prefixes fit this parameter.
  case ungroupedParameter(name: String)
  /// The network has no parameter or buffer of this name.
  case unknownTensor(name: String, available: [String])
  /// Values for a tensor are not as many as it has elements.
  case wrongValueCount(name: String, expected: Int, actual: Int)
  /// A snapshot belongs to another network or optimizer.
  case foreignSnapshot
  /// No optimizer has this name.
  case unknownOptimizer(name: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unsuitableInput(let layer, let shape, let requirement):
      "\(layer) cannot take samples of shape \(shape): it needs \(requirement)"
    case .emptyNetwork: "a network needs at least one layer that computes something: add one"
    case .ungroupedParameter(let name):
      "no parameter group takes \(name): add a group whose prefix is empty or begins its name"
    case .unknownTensor(let name, let available):
      "the network has no tensor \(name): use one of \(available.joined(separator: ", "))"
    case .wrongValueCount(let name, let expected, let actual):
      "tensor \(name) has \(expected) elements and was given \(actual): check its shape"
    case .foreignSnapshot:
      "the snapshot was taken of another network or optimizer: restore it where it was taken"
    case .unknownOptimizer(let name):
      "there is no optimizer \(name): use one of \(OptimizerConfiguration.families.joined(separator: ", "))"
    }
  }
}
