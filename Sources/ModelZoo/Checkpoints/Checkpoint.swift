/// Named tensors of a trained network, as they lie in a file.
///
/// Reading checks everything that the format says and keeps the file's bytes; a tensor's numbers are converted when
/// they are asked for. Safetensors are read and written, PyTorch's files (zip since version 1.6, and the legacy format)
/// are read. See ``read(from:sizeLimit:)``.
public struct Checkpoint: Sendable {
  /// The tensors' names in the order of the file.
  public let names: [String]
  /// What the file says about itself; empty for PyTorch's files.
  public let metadata: [String: String]
  private let tensors: [String: CheckpointTensor]

  /// Creates a checkpoint of named tensors.
  ///
  /// - Parameters:
  ///   - entries: the tensors in order.
  ///   - metadata: texts that are written with them.
  /// - Throws: ``CheckpointError/duplicateName(name:)``.
  public init(_ entries: [(name: String, tensor: CheckpointTensor)], metadata: [String: String] = [:])
    throws(CheckpointError)
  {
    var tensors: [String: CheckpointTensor] = [:]
    tensors.reserveCapacity(entries.count)
    for (name, tensor) in entries {
      guard tensors.updateValue(tensor, forKey: name) == nil else { throw .duplicateName(name: name) }
    }
    names = entries.map(\.name)
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The tensor of this name, if there is one.
  public subscript(name: String) -> CheckpointTensor? { tensors[name] }

  /// The tensor of this name and shape.
  ///
  /// - Throws: ``CheckpointError/missingTensor(name:examples:)`` or
  ///   ``CheckpointError/wrongShape(name:found:expected:)``.
  public func tensor(_ name: String, shape: [Int]) throws(CheckpointError) -> CheckpointTensor {
    guard let tensor = tensors[name] else {
      // Three names show how the checkpoint spells them.
      throw .missingTensor(name: name, examples: Array(names.prefix(3)))
    }
    guard tensor.shape == shape else {
      throw .wrongShape(name: name, found: tensor.shape, expected: shape)
    }
    return tensor
  }

  /// The same tensors with `prefix` taken off the names that begin with it, such as the `module.` of PyTorch's
  /// `DataParallel`; other names stay.
  ///
  /// - Throws: ``CheckpointError/duplicateName(name:)`` where two names become the same.
  public func removingPrefix(_ prefix: String) throws(CheckpointError) -> Checkpoint {
    var entries: [(name: String, tensor: CheckpointTensor)] = []
    for name in names {
      guard let tensor = tensors[name] else { continue }
      entries.append((name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name, tensor))
    }
    return try Checkpoint(entries, metadata: metadata)
  }
}
