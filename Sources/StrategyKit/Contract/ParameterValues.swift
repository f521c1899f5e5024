/// The parameters a user set for one strategy, checked against its descriptor.
public struct ParameterValues: Sendable, Equatable {
  private var texts: [String: String] = [:]

  /// No parameter set: every default holds.
  public init() {}

  /// Checks and keeps typed values.
  ///
  /// - Parameters:
  ///   - typed: Name and text of each, in the order they were typed; a later one replaces an earlier one.
  ///   - descriptor: The strategy they are for.
  /// - Throws: ``ParameterError`` naming the first that is unknown, ill-typed or out of range.
  public init(_ typed: [(name: String, text: String)], for descriptor: StrategyDescriptor)
    throws(ParameterError)
  {
    for (name, text) in typed {
      guard let parameter = descriptor.parameters.first(where: { $0.name == name }) else {
        throw .unknown(strategy: descriptor.name, name: name, known: descriptor.parameters.map(\.name))
      }
      guard let allowed = parameter.accepts(text) else {
        throw .wrongType(strategy: descriptor.name, name: name, text: text, expected: parameter.typeName)
      }
      guard allowed else {
        throw .outOfRange(strategy: descriptor.name, name: name, text: text, allowed: parameter.allowed)
      }
      texts[name] = text
    }
  }

  /// The value of `parameter`: the one set, else its default.
  public subscript<Value>(parameter: Parameter<Value>) -> Value {
    texts[parameter.name].flatMap(Value.init(parameter:)) ?? parameter.defaultValue
  }
}

/// Why a parameter cannot be set.
public enum ParameterError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The strategy has no parameter of that name.
  case unknown(strategy: String, name: String, known: [String])
  /// The text is not of the parameter's type.
  case wrongType(strategy: String, name: String, text: String, expected: String)
  /// The value is not allowed.
  case outOfRange(strategy: String, name: String, text: String, allowed: String)

  /// One sentence: what is wrong and what is allowed.
  public var description: String {
    switch self {
    case .unknown(let strategy, let name, let known) where known.isEmpty:
      "strategy \(strategy) has no parameters, so \(strategy).\(name) cannot be set"
    case .unknown(let strategy, let name, let known):
      "strategy \(strategy) has no parameter \(name); it has \(known.joined(separator: ", "))"
    case .wrongType(let strategy, let name, let text, let expected):
      "\(strategy).\(name)=\(text): expected \(expected)"
    case .outOfRange(let strategy, let name, let text, let allowed):
      "\(strategy).\(name)=\(text): allowed is \(allowed)"
    }
  }
}
