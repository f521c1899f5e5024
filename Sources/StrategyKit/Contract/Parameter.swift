/// A type a strategy's parameter can have.
public protocol ParameterValue: Sendable, Equatable {
  /// The type in words: "a number".
  static var typeName: String { get }
  /// Reads a value as typed on the command line.
  init?(parameter text: String)
  /// The value as it would be typed.
  var parameterText: String { get }
}

extension Double: ParameterValue {
  /// "a number".
  public static var typeName: String { "a number" }

  /// Reads a number, which must be finite.
  public init?(parameter text: String) {
    guard let value = Double(text), value.isFinite else { return nil }
    self = value
  }

  /// The value as it would be typed.
  public var parameterText: String { "\(self)" }
}

extension Int: ParameterValue {
  /// "a whole number".
  public static var typeName: String { "a whole number" }

  /// Reads a whole number.
  public init?(parameter text: String) {
    self.init(text)
  }

  /// The value as it would be typed.
  public var parameterText: String { "\(self)" }
}

extension Bool: ParameterValue {
  /// "true or false".
  public static var typeName: String { "true or false" }

  /// Reads true or false.
  public init?(parameter text: String) {
    self.init(text)
  }

  /// The value as it would be typed.
  public var parameterText: String { "\(self)" }
}

extension String: ParameterValue {
  /// "a word".
  public static var typeName: String { "a word" }

  /// Reads any text.
  public init?(parameter text: String) {
    self = text
  }

  /// The value as it would be typed.
  public var parameterText: String { self }
}

/// A parameter of a strategy, as the strategy declares and reads it.
///
/// ```swift
/// static let bandwidth = Parameter("bandwidth", default: 0.25, in: 0.02...2, "Width of the window, in decades.")
/// …
/// let width = context[Self.bandwidth]
/// ```
public struct Parameter<Value: ParameterValue>: Sendable {
  /// The name behind the dot of `--set strategy.name=value`.
  public let name: String
  /// The value where none is given.
  public let defaultValue: Value
  /// What goes into the descriptor.
  public let description: ParameterDescription

  /// Declares a parameter whose value lies in a range.
  public init(_ name: String, default defaultValue: Value, in range: ClosedRange<Value>, _ summary: String)
  where Value: Comparable {
    self.init(
      name, default: defaultValue, summary, allowed: "\(range.lowerBound) to \(range.upperBound)",
      range.contains)
  }

  /// Declares a parameter that is one of a few words.
  public init(_ name: String, default defaultValue: Value, oneOf choices: [Value], _ summary: String) {
    let words = choices.map(\.parameterText).joined(separator: ", ")
    self.init(name, default: defaultValue, summary, allowed: words, choices.contains)
  }

  private init(
    _ name: String, default defaultValue: Value, _ summary: String, allowed: String,
    _ isAllowed: @escaping @Sendable (Value) -> Bool
  ) {
    precondition(isAllowed(defaultValue), "the default of parameter \(name) is not allowed")
    self.name = name
    self.defaultValue = defaultValue
    description = ParameterDescription(
      name: name, typeName: Value.typeName, defaultText: defaultValue.parameterText, allowed: allowed,
      summary: summary, accepts: { Value(parameter: $0).map(isAllowed) })
  }
}

/// A parameter of a strategy, as listings and the command line see it.
public struct ParameterDescription: Sendable {
  /// The name.
  public let name: String
  /// The type in words.
  public let typeName: String
  /// The default, as it would be typed.
  public let defaultText: String
  /// The allowed values in words.
  public let allowed: String
  /// The meaning and unit, in one sentence ending with a full stop.
  public let summary: String
  /// Whether a typed text is allowed; nil if it is not even of the type.
  let accepts: @Sendable (String) -> Bool?
}
