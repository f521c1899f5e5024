/// Everything that one pickle built.
///
/// Containers lie in flat lists and refer to each other by index. So a pickle may nest a million deep or contain itself,
/// and neither recursion nor a reference cycle comes of it.
struct PickleGraph {
  /// Where a container, storage or tensor lies.
  typealias Index = Int

  /// One of the values that a checkpoint consists of.
  enum Value {
    case none
    case bool(Bool)
    case integer(Int)
    /// A whole number beyond 64 bits: its bytes, little-endian two's complement.
    case longInteger([UInt8])
    case double(Double)
    case string(String)
    /// A tuple or list.
    case sequence(Index)
    case dictionary(Index)
    case storage(Index)
    case tensor(Index)
    case global(TorchGlobal)
  }

  /// A storage that the file holds elsewhere.
  struct StorageReference {
    let key: String
    let elementType: ElementType
    /// In elements.
    let count: Int
  }

  /// A view of a storage.
  struct TensorReference {
    let storage: StorageReference
    let offset: Int
    let shape: [Int]
    let strides: [Int]
  }

  var sequences: [[Value]] = []
  var dictionaries: [[(key: Value, value: Value)]] = []
  var storages: [StorageReference] = []
  var tensors: [TensorReference] = []
  var root = Value.none

  /// The value of the first entry of a dictionary with this text as its key.
  func value(of key: String, in dictionary: Index) -> Value? {
    dictionaries[dictionary].first { if case .string(key) = $0.key { true } else { false } }?.value
  }
}
