/// The names outside a pickle that a checkpoint may use; every other is refused.
///
/// Source: `torch/_utils.py` and `torch/serialization.py` of PyTorch 2.13.
enum TorchGlobal: Equatable {
  /// `collections.OrderedDict`: a dictionary.
  case orderedDictionary
  /// `torch.Size`: a tuple.
  case size
  /// `torch._utils._rebuild_tensor(storage, offset, size, stride)`.
  case rebuildTensor
  /// `torch._utils._rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])`.
  case rebuildTensorV2
  /// `torch._utils._rebuild_parameter(tensor, requires_grad, backward_hooks)`.
  case rebuildParameter
  /// The class of a storage, such as `torch.FloatStorage`: the type of its elements.
  case storage(ElementType)

  /// Looks a name up.
  ///
  /// - Throws: ``CheckpointError/refused(request:)`` for every name that is not listed here.
  init(module: String, name: String) throws(CheckpointError) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch", "Size"): self = .size
    case ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensorV2
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    default:
      guard ["torch", "torch.cuda"].contains(module), let elementType = Self.storageTypes[name] else {
        throw .refused(request: "\(module).\(name)")
      }
      self = .storage(elementType)
    }
  }

  private static let storageTypes: [String: ElementType] = [
    "BoolStorage": .bool, "ByteStorage": .uint8, "CharStorage": .int8, "ShortStorage": .int16,
    "IntStorage": .int32, "LongStorage": .int64, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "FloatStorage": .float32, "DoubleStorage": .float64,
  ]
}
