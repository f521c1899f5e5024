internal import CurveModel

extension Notebook {
  /// The notebook in nbformat 4.5, with its pictures embedded.
  ///
  /// - Parameter pictures: The PNG files of ``pictures``.
  func ipynb(_ pictures: [[UInt8]]) -> String {
    var remaining = pictures[...]
    var count = 0
    let cells = ([.text("# \(title)")] + cells).enumerated().map { index, cell -> JSONValue in
      let id = JSONValue.string("cell-\(index + 1)")
      switch cell {
      case .text(let text):
        return .object([
          .init("cell_type", .string("markdown")), .init("id", id), .init("metadata", .object([])),
          .init("source", Self.lines(text)),
        ])
      case .code(let code, let prints, let picture):
        count += 1
        let image = picture == nil ? nil : remaining.popFirst()
        return .object([
          .init("cell_type", .string("code")), .init("execution_count", .number(Double(count))),
          .init("id", id),
          .init("metadata", .object([])),
          .init("outputs", .array(Self.outputs(prints, image, picture))), .init("source", Self.lines(code)),
        ])
      }
    }
    let whole = JSONValue.object([
      .init("cells", .array(cells)), .init("metadata", Self.metadata), .init("nbformat", .number(4)),
      .init("nbformat_minor", .number(5)),
    ])
    return whole.text + "\n"
  }

  private static let metadata = JSONValue.object([
    .init(
      "kernelspec",
      .object([
        .init("display_name", .string("Python 3")), .init("language", .string("python")),
        .init("name", .string("python3")),
      ])), .init("language_info", .object([.init("name", .string("python"))])),
  ])

  private static func outputs(_ prints: [String], _ image: [UInt8]?, _ picture: Picture?) -> [JSONValue] {
    var outputs: [JSONValue] = []
    if !prints.isEmpty {
      outputs.append(
        .object([
          .init("name", .string("stdout")), .init("output_type", .string("stream")),
          .init("text", lines(prints.joined(separator: "\n") + "\n")),
        ]))
    }
    if let image, let picture {
      outputs.append(
        .object([
          .init(
            "data",
            .object([
              .init("image/png", .string(Base64.text(of: image))),
              .init("text/plain", .array([.string(picture.says)])),
            ])), .init("metadata", .object([])), .init("output_type", .string("display_data")),
        ]))
    }
    return outputs
  }

  /// A text as notebooks keep it: a list of lines with their ends.
  private static func lines(_ text: String) -> JSONValue {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return .array(
      lines.enumerated().map { index, line in index < lines.count - 1 ? "\(line)\n" : String(line) }
        .filter { !$0.isEmpty }.map(JSONValue.string))
  }

  /// The notebook as Markdown, with its pictures in the folder `figures`.
  var markdown: String {
    let pieces = cells.map { cell -> String in
      switch cell {
      case .text(let text): return text
      case .code(let code, let prints, let picture):
        let output = prints.isEmpty ? "" : "\n\n```text\n\(prints.joined(separator: "\n"))\n```"
        let image = picture.map { "\n\n![\($0.says)](figures/\($0.name).png)" } ?? ""
        return "```python\n\(code)\n```\(output)\(image)"
      }
    }
    return (["# \(title)"] + pieces).joined(separator: "\n\n") + "\n"
  }
}

/// Bytes as text of 64 characters (RFC 4648).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for byte in group { bits = bits << 8 | Int(byte) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        text.append(
          place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
