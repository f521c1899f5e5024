extension Checkpoint {
  /// The checkpoint as the bytes of a safetensors file: equal checkpoints give equal bytes.
  ///
  /// The header lists the tensors in the checkpoint's order after the metadata sorted by key; the bytes lie with the
  /// widest element types first, and begin at a multiple of 8, so that every number is aligned.
  ///
  /// - Throws: ``CheckpointError/unsupported(detail:)`` for a tensor called `__metadata__`,
  ///   ``CheckpointError/tooLarge(quantity:limit:)`` where the header exceeds the format's bound.
  public func safetensorsBytes() throws(CheckpointError) -> [UInt8] {
    guard self[SafetensorsFormat.metadataName] == nil else {
      throw .unsupported(detail: "a tensor with the reserved name \(SafetensorsFormat.metadataName)")
    }
    let entries = names.compactMap { name in self[name].map { (name: name, tensor: $0) } }
    let widths = Set(entries.map(\.tensor.elementType.byteCount)).sorted(by: >)
    var starts = [Int](repeating: 0, count: entries.count)
    var length = 0
    let order = widths.flatMap { width in
      entries.indices.filter { entries[$0].tensor.elementType.byteCount == width }
    }
    for index in order {
      starts[index] = length
      length += entries[index].tensor.count * entries[index].tensor.elementType.byteCount
    }
    var members = metadata.isEmpty ? [] : [metadataMember]
    for (entry, start) in zip(entries, starts) {
      let tensor = entry.tensor
      let end = start + tensor.count * tensor.elementType.byteCount
      members.append(
        "\(quoted(entry.name)):{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":\(list(tensor.shape)),"
          + "\"data_offsets\":\(list([start, end]))}")
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    let alignment = SafetensorsFormat.prefixLength
    header.append(
      contentsOf: repeatElement(UInt8(ascii: " "), count: (alignment - header.count % alignment) % alignment))
    guard header.count <= SafetensorsFormat.headerLimit else {
      throw .tooLarge(quantity: "header bytes", limit: SafetensorsFormat.headerLimit)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(SafetensorsFormat.prefixLength + header.count + length)
    bytes.appendLittleEndian(UInt64(header.count))
    bytes += header
    for index in order { entries[index].tensor.appendBytes(to: &bytes) }
    return bytes
  }

  private var metadataMember: String {
    let texts = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
    return "\(quoted(SafetensorsFormat.metadataName)):{\(texts.joined(separator: ","))}"
  }

  private func list(_ numbers: [Int]) -> String {
    "[\(numbers.map(String.init).joined(separator: ","))]"
  }

  /// A JSON string: quotes, backslashes and control characters are escaped, all else is UTF-8.
  private func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
