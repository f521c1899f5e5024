/// Reads the JSON of a safetensors header: an object of tensors, and of texts under `__metadata__`.
///
/// Only that grammar is accepted, so that nothing nests and nothing is left uninterpreted; a general JSON reader would
/// drop the first of two equal names and forget the order.
struct SafetensorsHeaderScanner {
  private var text: JSONTextScanner

  init(_ bytes: ArraySlice<UInt8>) {
    text = JSONTextScanner(bytes)
  }

  /// The whole header; only white space may follow it.
  mutating func header() throws(CheckpointError) -> SafetensorsHeader {
    var header = SafetensorsHeader()
    var names: Set<String> = []
    try text.members { (name, text) throws(CheckpointError) in
      guard names.insert(name).inserted else { throw .duplicateName(name: name) }
      if name == SafetensorsFormat.metadataName {
        header.metadata = try Self.metadata(&text)
      } else {
        header.entries.append(try Self.entry(name, &text))
      }
    }
    try text.expectEnd()
    return header
  }

  private static func metadata(_ text: inout JSONTextScanner) throws(CheckpointError) -> [String: String] {
    var metadata: [String: String] = [:]
    try text.members { (key, text) throws(CheckpointError) in
      let value = try text.string()
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw .damaged(detail: "the metadata give \(key) twice")
      }
    }
    return metadata
  }

  private static func entry(_ name: String, _ text: inout JSONTextScanner) throws(CheckpointError)
    -> SafetensorsHeader.Entry
  {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    try text.members { (key, text) throws(CheckpointError) in
      switch key {
      case "dtype" where typeName == nil: typeName = try text.string()
      case "shape" where shape == nil: shape = try text.wholeNumbers(limit: CheckpointTensor.rankLimit)
      case "data_offsets" where offsets == nil: offsets = try text.wholeNumbers(limit: 2)
      default: throw .damaged(detail: "the header of tensor \(name) has an unknown or second \(key)")
      }
    }
    guard let typeName, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw .damaged(detail: "the header of tensor \(name) lacks dtype, shape or data_offsets [begin, end]")
    }
    guard let elementType = ElementType(rawValue: typeName) else {
      throw .unsupported(detail: "tensor \(name) of type \(typeName)")
    }
    return SafetensorsHeader.Entry(
      name: name, elementType: elementType, shape: shape, range: offsets[0]..<offsets[1])
  }
}
