/// Where a checkpoint does not fit a network; names are PyTorch's.
public struct CheckpointMisfit: Sendable, Equatable {
  /// A tensor of another shape than the network's.
  public struct Shape: Sendable, Equatable {
    /// The tensor.
    public let name: String
    /// The checkpoint's extents and the network's, both in PyTorch's order.
    public let found, expected: [Int]

    /// Describes a tensor.
    public init(name: String, found: [Int], expected: [Int]) {
      self.name = name
      self.found = found
      self.expected = expected
    }
  }

  /// Tensors that only the network has, in its order.
  public var missing: [String]
  /// Tensors that only the checkpoint has, in its order.
  public var unexpected: [String]
  /// Tensors that differ in shape, in the network's order.
  public var misshapen: [Shape]

  /// Describes a misfit.
  public init(missing: [String] = [], unexpected: [String] = [], misshapen: [Shape] = []) {
    self.missing = missing
    self.unexpected = unexpected
    self.misshapen = misshapen
  }

  /// Whether everything fits.
  public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty }

  /// What is wrong and what to do, with a few names of each kind.
  func sentence(network: String) -> String {
    var parts: [String] = []
    if !missing.isEmpty { parts.append("it lacks \(Self.list(missing))") }
    if !unexpected.isEmpty { parts.append("\(network) has no \(Self.list(unexpected))") }
    if let first = misshapen.first {
      let more = misshapen.count > 1 ? " (and \(misshapen.count - 1) more)" : ""
      parts.append("\(first.name) has the shape \(first.found), not \(first.expected)\(more)")
    }
    return "the checkpoint does not fit \(network): \(parts.joined(separator: "; ")): use the model that it"
      + " was saved from, or leave these tensors out"
  }

  /// Two names show how they are spelled.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(2).joined(separator: ", ")
    return names.count > 2 ? "\(shown) and \(names.count - 2) more" : shown
  }
}
