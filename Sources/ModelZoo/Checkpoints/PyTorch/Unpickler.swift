/// Runs the part of Python's pickle machine, protocols 2 to 5, that PyTorch's checkpoints need.
///
/// It builds plain values, containers and references to tensors; it never calls anything. Names, calls and states other
/// than those of ``TorchGlobal`` are refused. Time and memory are bounded by the pickle's length and
/// ``Limits``.
struct Unpickler {
  /// What bounds memory.
  struct Limits {
    /// The longest pickle in bytes; that of a network of 1,000 tensors has 0.1 MB.
    var byteCount = 1 << 26
    /// The most values put on the stack, remembered or copied; a tensor of a state dictionary takes about 30.
    var valueCount = 1 << 22
  }

  typealias Value = PickleGraph.Value

  var cursor: PickleCursor
  var graph = PickleGraph()
  var stack: [Value] = []
  private var marks: [Int] = []
  private var memo: [UInt64: Value] = [:]
  private var remainingValues: Int
  private let limits: Limits

  private init(_ bytes: ArraySlice<UInt8>, limits: Limits) {
    cursor = PickleCursor(bytes.prefix(limits.byteCount))
    remainingValues = limits.valueCount
    self.limits = limits
  }

  /// Reads the pickle at the beginning of `bytes`.
  ///
  /// - Returns: what it built, and the index of the first byte after it.
  static func graph(of bytes: ArraySlice<UInt8>, limits: Limits = Limits()) throws(CheckpointError)
    -> (graph: PickleGraph, end: Int)
  {
    var unpickler = Unpickler(bytes, limits: limits)
    do {
      try unpickler.run()
    } catch CheckpointError.truncated where bytes.count > limits.byteCount {
      throw .tooLarge(quantity: "bytes of pickle", limit: limits.byteCount)
    }
    return (unpickler.graph, unpickler.cursor.position)
  }

  private mutating func run() throws(CheckpointError) {
    while true {
      let code = try cursor.byte()
      guard let opcode = PickleOpcode(rawValue: code) else {
        throw .damaged(detail: "its pickle has the unknown instruction 0x\(String(code, radix: 16))")
      }
      if opcode == .stop { break }
      try execute(opcode)
    }
    graph.root = try pop()
  }

  private mutating func execute(_ opcode: PickleOpcode) throws(CheckpointError) {
    switch opcode {
    case .protocol:
      let version = try cursor.byte()
      guard 2...5 ~= version else { throw .unsupported(detail: "a pickle of protocol \(version)") }
    case .frame: _ = try cursor.take(8)  // A frame's length only helps to read ahead.

    case .none: try push(.none)
    case .newTrue: try push(.bool(true))
    case .newFalse: try push(.bool(false))
    case .binaryInteger:
      try push(.integer(Int(Int32(truncatingIfNeeded: try cursor.unsigned(width: 4)))))
    case .binaryInteger1: try push(.integer(Int(try cursor.unsigned(width: 1))))
    case .binaryInteger2: try push(.integer(Int(try cursor.unsigned(width: 2))))
    case .long1: try pushLong(lengthWidth: 1)
    case .long4: try pushLong(lengthWidth: 4)
    case .binaryFloat:
      // The only big-endian number of the format.
      try push(.double(Double(bitPattern: try cursor.unsigned(width: 8).byteSwapped)))
    case .shortBinaryString, .shortBinaryText: try pushText(lengthWidth: 1)
    case .binaryString, .binaryText: try pushText(lengthWidth: 4)
    case .binaryText8: try pushText(lengthWidth: 8)

    case .mark: try pushMark()
    case .pop: _ = try pop()
    case .popMark: _ = try popToMark()
    case .emptyTuple, .emptyList: try pushSequence([])
    case .tuple1: try pushSequence(try pop(count: 1))
    case .tuple2: try pushSequence(try pop(count: 2))
    case .tuple3: try pushSequence(try pop(count: 3))
    case .tuple, .list: try pushSequence(try popToMark())
    case .append: try append(try pop(count: 1))
    case .appends: try append(try popToMark())
    case .emptyDictionary: try pushDictionary([])
    case .dictionary: try pushDictionary(try popToMark())
    case .setItem: try setItems(try pop(count: 2))
    case .setItems: try setItems(try popToMark())

    case .binaryGet: try pushRemembered(try cursor.unsigned(width: 1))
    case .longBinaryGet: try pushRemembered(try cursor.unsigned(width: 4))
    case .binaryPut: try remember(try cursor.unsigned(width: 1))
    case .longBinaryPut: try remember(try cursor.unsigned(width: 4))
    case .memoize: try remember(UInt64(memo.count))

    case .global: try pushGlobal(module: try cursor.line(), name: try cursor.line())
    case .stackGlobal:
      guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
        throw Self.misplaced(opcode)
      }
      try pushGlobal(module: module, name: name)
    case .binaryPersistentIdentifier: try pushStorage()
    case .reduce: try call()
    case .build: try setState()
    case .stop: break

    case .instance, .object, .persistentIdentifier, .newObject, .newObjectWithKeywords, .extension1,
      .extension2, .extension4:
      throw .refused(request: "an object by the pickle instruction \(opcode)")
    }
  }

  // MARK: Stack and memory

  /// Takes `count` from the budget of values.
  mutating func charge(_ count: Int) throws(CheckpointError) {
    guard count <= remainingValues else { throw .tooLarge(quantity: "values", limit: limits.valueCount) }
    remainingValues -= count
  }

  mutating func push(_ value: Value) throws(CheckpointError) {
    try charge(1)
    stack.append(value)
  }

  mutating func pop() throws(CheckpointError) -> Value {
    // What lies below a mark belongs to an unfinished container.
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw Self.emptyStack }
    return value
  }

  mutating func pop(count: Int) throws(CheckpointError) -> [Value] {
    guard stack.count - (marks.last ?? 0) >= count else { throw Self.emptyStack }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func pushMark() throws(CheckpointError) {
    try charge(1)
    marks.append(stack.count)
  }

  mutating func popToMark() throws(CheckpointError) -> [Value] {
    guard let mark = marks.popLast() else { throw Self.emptyStack }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func remember(_ index: UInt64) throws(CheckpointError) {
    try charge(1)
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw Self.emptyStack }
    memo[index] = value
  }

  private mutating func pushRemembered(_ index: UInt64) throws(CheckpointError) {
    guard let value = memo[index] else {
      throw .damaged(detail: "its pickle recalls value \(index), which it never remembered")
    }
    try push(value)
  }

  private static var emptyStack: CheckpointError {
    .damaged(detail: "its pickle takes more values than it made")
  }

  static func misplaced(_ opcode: PickleOpcode) -> CheckpointError {
    .damaged(detail: "its pickle has a misplaced \(opcode)")
  }
}
