import Foundation
import Testing

/// A JSON value that a test looks into; numbers are read exactly, which JSONSerialization does not.
enum JSONResult: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONResult])
  case object([String: JSONResult])

  /// Reads a whole text.
  init(_ text: String) throws { self = try JSONDecoder().decode(JSONResult.self, from: Data(text.utf8)) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONResult].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONResult].self))
    }
  }

  /// The member of this name; nil where there is none.
  subscript(name: String) -> JSONResult? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  struct Mismatch: Error {
    let name: String
  }

  func number(_ name: String) throws -> Double {
    guard case .number(let value)? = self[name] else { throw Mismatch(name: name) }
    return value
  }

  func text(_ name: String) throws -> String {
    guard case .string(let value)? = self[name] else { throw Mismatch(name: name) }
    return value
  }

  func flag(_ name: String) throws -> Bool {
    guard case .bool(let value)? = self[name] else { throw Mismatch(name: name) }
    return value
  }

  func object(_ name: String) throws -> JSONResult {
    guard case .object? = self[name] else { throw Mismatch(name: name) }
    return try #require(self[name])
  }

  func list(_ name: String) throws -> [JSONResult] {
    guard case .array(let values)? = self[name] else { throw Mismatch(name: name) }
    return values
  }
}
