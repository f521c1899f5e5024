public import Foundation

/// A safetensors file, read whole: named tensors and the metadata that says what they are.
///
/// Layout: the header's length as a little-endian UInt64, the header as JSON, then the tensors' bytes at the offsets
/// that the header gives. Source: https://huggingface.co/docs/safetensors.
public struct SafetensorsFile: Sendable {
  /// One tensor, row-major.
  public struct Tensor: Sendable, Equatable {
    /// The extents; empty for a scalar.
    public let shape: [Int]
    /// The values; integers are exact up to 2^53.
    public let values: [Double]

    /// Creates a tensor.
    public init(shape: [Int], values: [Double]) {
      self.shape = shape
      self.values = values
    }

    /// The values as floats, exact for tensors of type F32.
    public var floats: [Float] { values.map(Float.init) }
    /// The values as integers, for tensors of type I64 or I32.
    public var integers: [Int] { values.map { Int($0) } }
  }

  /// Why a file could not be read.
  public struct ReadError: Error, CustomStringConvertible {
    /// One sentence: what is wrong with which file.
    public let description: String
  }

  /// The file's name without folder.
  public let name: String
  /// The header's `__metadata__`.
  public let metadata: [String: String]
  /// All tensors by name.
  public let tensors: [String: Tensor]

  /// Reads a file.
  public init(_ url: URL) throws {
    name = url.lastPathComponent
    let content = try Data(contentsOf: url)
    guard content.count >= 8 else { throw ReadError(description: "\(url.path) has no header") }
    let headerLength = Int(Self.littleEndian(content.prefix(8)))
    guard headerLength <= content.count - 8 else {
      throw ReadError(description: "\(url.path) ends within its header")
    }
    let body = Data(content.dropFirst(8 + headerLength))
    let header = try JSONDecoder().decode(
      [String: Entry].self, from: Data(content.dropFirst(8).prefix(headerLength)))
    metadata = header["__metadata__"]?.text ?? [:]
    tensors = try header.filter { $0.key != "__metadata__" }.mapValues { try $0.tensor(in: body, of: url) }
  }

  /// The tensor called `name`.
  public func tensor(_ name: String) throws -> Tensor {
    guard let tensor = tensors[name] else {
      throw ReadError(description: "\(self.name) lacks tensor \(name)")
    }
    return tensor
  }

  fileprivate static func littleEndian(_ bytes: Data) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// An entry of the header: a tensor's description, or the metadata.
private struct Entry: Decodable {
  private enum Key: String, CodingKey {
    case type = "dtype"
    case shape
    case offsets = "data_offsets"
  }

  let type: String
  let shape: [Int]
  let offsets: [Int]
  let text: [String: String]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if container.contains(.offsets) {
      type = try container.decode(String.self, forKey: .type)
      shape = try container.decode([Int].self, forKey: .shape)
      offsets = try container.decode([Int].self, forKey: .offsets)
      text = [:]
    } else {
      (type, shape, offsets) = ("", [], [])
      text = try decoder.singleValueContainer().decode([String: String].self)
    }
  }

  func tensor(in body: Data, of url: URL) throws -> SafetensorsFile.Tensor {
    let count = shape.reduce(1, *)
    let width = type == "U8" ? 1 : type.hasSuffix("64") ? 8 : 4
    guard ["F32", "F64", "I32", "I64", "U8"].contains(type), offsets.count == 2, offsets[0] >= 0,
      offsets[1] <= body.count, offsets[1] - offsets[0] == count * width
    else {
      throw SafetensorsFile.ReadError(description: "\(url.path) has a tensor of type \(type) at \(offsets)")
    }
    let values = (0..<count).map { index in
      let start = body.startIndex + offsets[0] + index * width
      let bits = SafetensorsFile.littleEndian(body[start..<start + width])
      return switch type {
      case "F32": Double(Float(bitPattern: UInt32(bits)))
      case "F64": Double(bitPattern: bits)
      case "U8": Double(bits)
      case "I32": Double(Int32(truncatingIfNeeded: bits))
      default: Double(Int64(bitPattern: bits))
      }
    }
    return SafetensorsFile.Tensor(shape: shape, values: values)
  }
}
