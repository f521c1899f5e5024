extension Unpickler {
  /// A persistent identifier names a storage: ("storage", class, key, device, element count[, view]).
  ///
  /// The device is ignored. The legacy format's view of another storage, which PyTorch has not written since 0.4, is
  /// refused unless it is None.
  mutating func pushStorage() throws(CheckpointError) {
    guard case .sequence(let index) = try pop() else { throw Self.misplaced(.binaryPersistentIdentifier) }
    let parts = graph.sequences[index]
    guard 5...6 ~= parts.count, case .string("storage") = parts[0],
      case .global(.storage(let type)) = parts[1],
      case .string(let key) = parts[2], case .integer(let count) = parts[4], count >= 0
    else { throw .refused(request: "a persistent object that is not a storage of numbers") }
    if parts.count == 6 {
      guard case .none = parts[5] else { throw .unsupported(detail: "storage \(key) as a part of another") }
    }
    graph.storages.append(PickleGraph.StorageReference(key: key, elementType: type, count: count))
    try push(.storage(graph.storages.count - 1))
  }

  /// Calls one of the known functions.
  mutating func call() throws(CheckpointError) {
    guard case .sequence(let index) = try pop() else { throw Self.misplaced(.reduce) }
    guard case .global(.function(let function)) = try pop() else {
      throw .refused(request: "a call of something that is no function")
    }
    let count = graph.sequences[index].count
    switch function {
    case .orderedDictionary where count == 0: try pushDictionary([])
    // Python 2 wrote the items as a list of pairs.
    case .orderedDictionary where count == 1: try pushDictionary(try pairs(graph.sequences[index][0]))
    case .size where count == 1:
      guard case .sequence = graph.sequences[index][0] else { throw Self.misplaced(.reduce) }
      try push(graph.sequences[index][0])
    case .rebuildTensor where count == 4, .rebuildTensorV2 where 6...7 ~= count:
      try pushTensor(graph.sequences[index])
    case .rebuildParameter where count == 3:
      guard case .tensor = graph.sequences[index][0] else { throw Self.misplaced(.reduce) }
      try push(graph.sequences[index][0])
    default: throw .refused(request: "\(function.rawValue) with \(count) arguments")
    }
  }

  /// The keys and values in turn of a list of pairs.
  private mutating func pairs(_ list: Value) throws(CheckpointError) -> [Value] {
    guard case .sequence(let index) = list else { throw Self.misplaced(.reduce) }
    try charge(2 * graph.sequences[index].count)
    var items: [Value] = []
    for pair in graph.sequences[index] {
      guard case .sequence(let parts) = pair, graph.sequences[parts].count == 2 else {
        throw Self.misplaced(.reduce)
      }
      items += graph.sequences[parts]
    }
    return items
  }

  /// A tensor of (storage, offset, shape, strides, …); the rest says how to train it, not what it is.
  private mutating func pushTensor(_ arguments: [Value]) throws(CheckpointError) {
    guard case .storage(let storage) = arguments[0], case .integer(let offset) = arguments[1] else {
      throw .damaged(detail: "its pickle makes a tensor of something else than a storage and an offset")
    }
    graph.tensors.append(
      PickleGraph.TensorReference(
        storage: graph.storages[storage], offset: offset, shape: try integers(arguments[2]),
        strides: try integers(arguments[3])))
    try push(.tensor(graph.tensors.count - 1))
  }

  private mutating func integers(_ value: Value) throws(CheckpointError) -> [Int] {
    guard case .sequence(let index) = value else {
      throw .damaged(detail: "its pickle gives a tensor a shape or strides that are no tuple")
    }
    guard graph.sequences[index].count <= CheckpointTensor.rankLimit else {
      throw .tooLarge(quantity: "dimensions in a tensor", limit: CheckpointTensor.rankLimit)
    }
    // Copied, hence counted: one tuple may serve any number of tensors.
    try charge(graph.sequences[index].count)
    var integers: [Int] = []
    for item in graph.sequences[index] {
      guard case .integer(let integer) = item else {
        throw .damaged(detail: "its pickle gives a tensor a shape or strides that are no whole numbers")
      }
      integers.append(integer)
    }
    return integers
  }

  /// Gives a dictionary attributes, such as the `_metadata` of a state dictionary: they hold no tensor and are dropped.
  mutating func setState() throws(CheckpointError) {
    guard case .dictionary = try pop(), case .dictionary(let index) = try pop() else {
      throw .refused(request: "the state of something that is no dictionary")
    }
    stack.append(.dictionary(index))
  }
}
