extension JSONValue {
  /// Reads a text that holds one value and nothing else; Python's bare `NaN` and `Infinity` are numbers.
  ///
  /// - Throws: ``CurveError`` where it holds something else.
  public init(parsing bytes: [UInt8]) throws(CurveError) {
    self = try JSONScanner.scan(bytes) { (scanner) throws(CurveError) in
      let value = try scanner.value()
      guard scanner.isAtEnd() else { throw scanner.malformed("more text after the value") }
      return value
    }
  }

  /// The text, if this is a string.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number, if this is one or spells one that is not finite: "nan", "inf", "-inf", null.
  public var double: Double? {
    switch self {
    case .number(let number): number
    case .null, .string("nan"): .nan
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    default: nil
    }
  }
}
