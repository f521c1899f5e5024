/// The safetensors format: the header's length as a little-endian UInt64, the header as JSON, then the tensors' bytes.
///
/// Source: https://huggingface.co/docs/safetensors, version 0.8.
enum SafetensorsFormat {
  /// The bytes of the header's length.
  static let prefixLength = 8
  /// The longest header that the format allows, in bytes.
  static let headerLimit = 100_000_000
  /// The header's entry of texts instead of a tensor.
  static let metadataName = "__metadata__"

  /// Whether the header begins as one has to.
  static func isLikely(_ bytes: [UInt8]) -> Bool {
    bytes.count > prefixLength && bytes[prefixLength] == UInt8(ascii: "{")
  }

  /// Reads a whole file; the tensors are views of its bytes.
  static func checkpoint(_ bytes: [UInt8]) throws(CheckpointError) -> Checkpoint {
    guard bytes.count > prefixLength else { throw .truncated(place: "it has no header") }
    let length = bytes[..<prefixLength].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(headerLimit) else {
      throw .tooLarge(quantity: "header bytes", limit: headerLimit)
    }
    let end = prefixLength + Int(length)
    guard end <= bytes.count else { throw .truncated(place: "within its header") }
    var scanner = SafetensorsHeaderScanner(bytes[prefixLength..<end])
    let header = try scanner.header()
    try checkPlaces(header.entries, contentLength: bytes.count - end)
    var entries: [(name: String, tensor: CheckpointTensor)] = []
    for entry in header.entries {
      let storage = bytes[end + entry.range.lowerBound..<end + entry.range.upperBound]
      let tensor = try CheckpointTensor(
        elementType: entry.elementType, shape: entry.shape, storage: storage, place: "tensor \(entry.name)")
      guard tensor.count * entry.elementType.byteCount == storage.count else {
        throw .damaged(
          detail: "tensor \(entry.name) of shape \(entry.shape) does not fill its \(storage.count) bytes")
      }
      entries.append((entry.name, tensor))
    }
    return try Checkpoint(entries, metadata: header.metadata)
  }

  /// Checks that the tensors' bytes follow each other without gap or overlap and fill the content.
  private static func checkPlaces(_ entries: [SafetensorsHeader.Entry], contentLength: Int)
    throws(CheckpointError)
  {
    var end = 0
    let byPlace = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    for entry in byPlace {
      guard entry.range.lowerBound == end else {
        let fault = entry.range.lowerBound < end ? "overlaps another" : "leaves a gap before it"
        throw .damaged(detail: "tensor \(entry.name) at bytes \(entry.range) \(fault)")
      }
      guard entry.range.upperBound <= contentLength else {
        throw .truncated(place: "within tensor \(entry.name)")
      }
      end = entry.range.upperBound
    }
    guard end == contentLength else {
      throw .damaged(detail: "\(contentLength - end) bytes belong to no tensor")
    }
  }
}

/// What a safetensors header says.
struct SafetensorsHeader {
  /// One tensor.
  struct Entry {
    let name: String
    let elementType: ElementType
    let shape: [Int]
    /// Its bytes, counted from the header's end.
    let range: Range<Int>
  }

  var entries: [Entry] = []
  var metadata: [String: String] = [:]
}
