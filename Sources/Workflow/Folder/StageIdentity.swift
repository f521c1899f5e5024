internal import Archives
internal import CurveModel

/// What decides a stage's results, as one SHA-256 hash.
package struct StageIdentity: Sendable {
  /// What the stage does.
  package var command: StageCommand
  /// The version of the engine's numbers.
  package var engineVersion: Int
  /// Its options but for those that change no result, and those that the next two stand for.
  package var options: [StageOption]
  /// The hash of the weights it begins with; nil where they are random.
  package var weights: String?
  /// The rate a strategy decided; nil where none was asked.
  package var decidedRate: Double?

  /// Names everything.
  package init(
    command: StageCommand, engineVersion: Int, options: [StageOption], weights: String?, decidedRate: Double?
  ) {
    self.command = command
    self.engineVersion = engineVersion
    self.options = options
    self.weights = weights
    self.decidedRate = decidedRate
  }

  /// The hash in hexadecimal digits, the same for the same options in any order and however numbers are written.
  package var hash: String {
    let options = options.sorted { $0.name < $1.name }.map { option in
      JSONValue.Member(
        option.name, .array(option.values.map(Self.canonical)))
    }
    let members: [JSONValue.Member] =
      [
        .init("engine", .number(Double(engineVersion))), .init("command", .string(command.rawValue)),
        .init("options", .object(options)),
      ] + (weights.map { [.init("weights", .string($0))] } ?? [])
      + (decidedRate.map { [.init("rate", .number($0))] } ?? [])
    return SHA256Hash.hexadecimal(of: Array(JSONValue.object(members).text.utf8))
  }

  /// A value such that `1e-2` and `0.01` are the same; whole numbers keep all their digits, as seeds need.
  private static func canonical(_ value: String) -> JSONValue {
    if let whole = UInt64(value) { return .string("\(whole)") }
    guard let number = Double(value), number.isFinite, value.first?.isLetter != true else {
      return .string(value)
    }
    return UInt64(exactly: number).map { .string("\($0)") } ?? .number(number)
  }
}
