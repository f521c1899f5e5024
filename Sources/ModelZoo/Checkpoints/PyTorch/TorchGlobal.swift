/// The names outside a pickle that a checkpoint may use; every other is refused.
///
/// Source: `torch/_utils.py` and `torch/serialization.py` of PyTorch 2.13.
enum TorchGlobal {
  /// Something that the pickle may call; no call runs anything but this reader.
  enum Function: String {
    /// A dictionary.
    case orderedDictionary = "collections.OrderedDict"
    /// A tuple.
    case size = "torch.Size"
    /// Of storage, offset, size and stride.
    case rebuildTensor = "torch._utils._rebuild_tensor"
    /// Of storage, offset, size, stride, requires_grad, backward_hooks and, in newer files, metadata.
    case rebuildTensorV2 = "torch._utils._rebuild_tensor_v2"
    /// Of tensor, requires_grad and backward_hooks.
    case rebuildParameter = "torch._utils._rebuild_parameter"
  }

  case function(Function)
  /// The class of a storage, such as `torch.FloatStorage`: the type of its elements.
  case storage(ElementType)

  /// Looks a name up.
  ///
  /// - Throws: ``CheckpointError/refused(request:)`` for every name that is not listed here.
  init(module: String, name: String) throws(CheckpointError) {
    if let function = Function(rawValue: "\(module).\(name)") {
      self = .function(function)
    } else if ["torch", "torch.cuda"].contains(module), let elementType = Self.storageTypes[name] {
      self = .storage(elementType)
    } else {
      throw .refused(request: "\(module).\(name)")
    }
  }

  private static let storageTypes: [String: ElementType] = [
    "BoolStorage": .bool, "ByteStorage": .uint8, "CharStorage": .int8, "ShortStorage": .int16,
    "IntStorage": .int32, "LongStorage": .int64, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "FloatStorage": .float32, "DoubleStorage": .float64,
  ]
}
