/// A JSON value, with members of objects in the file's order and arrays of numbers kept compact.
public indirect enum JSONValue: Sendable, Equatable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number; Python's bare `NaN` and `Infinity` are numbers too.
  case number(Double)
  /// A string.
  case string(String)
  /// An array whose elements are all numbers, or spell a non-finite number (`null`, "nan", "inf", "-inf").
  case numbers([Double])
  /// Any other array.
  case array([JSONValue])
  /// An object.
  case object([Member])

  /// A member of an object: a named value.
  public struct Member: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value.
    public let value: JSONValue

    /// Names a value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of the object's first member called `name`; nil where there is none or this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The whole number this is, if it is one.
  public var integer: Int? {
    guard case .number(let value) = self else { return nil }
    return Int(exactly: value)
  }

  /// What this is, in words for error messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .numbers: "a list of numbers"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The JSON text of this value on one line; non-finite numbers as "nan", "inf" and "-inf".
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): Self.text(of: value)
    case .string(let value): Self.quoted(value)
    case .numbers(let values): "[" + values.map(Self.text(of:)).joined(separator: ",") + "]"
    case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  /// The shortest decimal form that reads back as the same double; whole numbers up to 2⁵³ without a fraction.
  public static func text(of number: Double) -> String {
    if number.isNaN { return "\"nan\"" }
    if number.isInfinite { return number < 0 ? "\"-inf\"" : "\"inf\"" }
    if let whole = Int(exactly: number), whole.magnitude <= 1 << 53, number != 0 || number.sign == .plus {
      return "\(whole)"
    }
    return "\(number)"
  }

  /// A JSON string literal.
  public static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
