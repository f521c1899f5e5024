/// PyTorch's file format before version 1.6.
///
/// Five pickles in a row (magic number, protocol version, system information, the object, the list of storage keys), then
/// for every key in that list's order its element count as Int64 and its numbers. Source: `_legacy_save` and
/// `_legacy_load` in `torch/serialization.py` of PyTorch 2.13.
enum TorchLegacyFile {
  /// The magic number 0x1950a86a20f9469cfc6c, little-endian.
  private static let magic: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]
  private static let protocolVersion = 1001
  /// The width of a storage's element count.
  private static let countWidth = 8
  /// The pickle of the magic number has about 15 bytes, with a frame 24.
  private static let magicLimits = Unpickler.Limits(byteCount: 32, valueCount: 8)

  /// Whether a pickle of the magic number begins the file.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    guard let first = try? Unpickler.graph(of: bytes[...], limits: magicLimits),
      case .longInteger(magic) = first.graph.root
    else { return false }
    return true
  }

  /// Reads a whole file; the tensors are views of its bytes.
  static func checkpoint(_ bytes: [UInt8]) throws(CheckpointError) -> Checkpoint {
    var rest = bytes[try Unpickler.graph(of: bytes[...], limits: magicLimits).end...]
    guard case .integer(protocolVersion) = try takeGraph(&rest).root else {
      throw .unsupported(detail: "a legacy PyTorch file of another protocol than \(protocolVersion)")
    }
    let system = try takeGraph(&rest)
    guard case .dictionary(let index) = system.root,
      case .bool(true) = system.value(of: "little_endian", in: index)
    else { throw .unsupported(detail: "numbers that are not in little-endian byte order") }
    let object = try takeGraph(&rest)
    let keys = try takeGraph(&rest)
    return try Checkpoint(object, storages: try storages(keys, of: object, in: rest))
  }

  private static func takeGraph(_ rest: inout ArraySlice<UInt8>) throws(CheckpointError) -> PickleGraph {
    let (graph, end) = try Unpickler.graph(of: rest)
    rest = rest[end...]
    return graph
  }

  /// The bytes of every storage by key; only the pickle knows how wide a storage's elements are.
  private static func storages(_ keys: PickleGraph, of object: PickleGraph, in content: ArraySlice<UInt8>)
    throws(CheckpointError) -> [String: ArraySlice<UInt8>]
  {
    guard case .sequence(let list) = keys.root else {
      throw .damaged(detail: "its storage keys are no list")
    }
    let types = object.storages.reduce(into: [:]) { $0[$1.key] = $1.elementType }
    var storages: [String: ArraySlice<UInt8>] = [:]
    var rest = content
    for key in keys.sequences[list] {
      guard case .string(let key) = key, let type = types[key], storages[key] == nil else {
        throw .damaged(detail: "its storage keys are not those of its pickle")
      }
      guard rest.count >= countWidth else { throw .truncated(place: "before storage \(key)") }
      let count = rest.prefix(countWidth).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      rest = rest.dropFirst(countWidth)
      guard count <= UInt64(rest.count / type.byteCount) else {
        throw .truncated(place: "within storage \(key)")
      }
      let length = Int(count) * type.byteCount
      storages[key] = rest.prefix(length)
      rest = rest.dropFirst(length)
    }
    guard rest.isEmpty else { throw .damaged(detail: "\(rest.count) bytes belong to no storage") }
    return storages
  }
}
