extension Unpickler {
  mutating func pushLong(lengthWidth: Int) throws(CheckpointError) {
    let bytes = try cursor.take(try cursor.length(width: lengthWidth))
    guard bytes.count <= 8 else { return try push(.longInteger(Array(bytes))) }
    // The sign is the top bit of the last byte.
    let filler: UInt64 = bytes.last.map { $0 >= 0x80 } == true ? .max : 0
    let bits = bytes.reversed().reduce(filler) { $0 << 8 | UInt64($1) }
    try push(.integer(Int(Int64(bitPattern: bits))))
  }

  mutating func pushText(lengthWidth: Int) throws(CheckpointError) {
    try push(.string(try cursor.text(try cursor.length(width: lengthWidth))))
  }

  mutating func pushSequence(_ items: [Value]) throws(CheckpointError) {
    graph.sequences.append(items)
    try push(.sequence(graph.sequences.count - 1))
  }

  mutating func append(_ items: [Value]) throws(CheckpointError) {
    guard case .sequence(let index) = try pop() else { throw Self.misplaced(.appends) }
    graph.sequences[index].append(contentsOf: items)
    stack.append(.sequence(index))
  }

  mutating func pushDictionary(_ items: [Value]) throws(CheckpointError) {
    graph.dictionaries.append([])
    try push(.dictionary(graph.dictionaries.count - 1))
    try setItems(items)
  }

  /// Adds keys and values in turn to the dictionary on the stack.
  mutating func setItems(_ items: [Value]) throws(CheckpointError) {
    guard items.count.isMultiple(of: 2), case .dictionary(let index) = try pop() else {
      throw Self.misplaced(.setItems)
    }
    for position in stride(from: 0, to: items.count, by: 2) {
      graph.dictionaries[index].append((items[position], items[position + 1]))
    }
    stack.append(.dictionary(index))
  }

  mutating func pushGlobal(module: String, name: String) throws(CheckpointError) {
    try push(.global(try TorchGlobal(module: module, name: name)))
  }
}
