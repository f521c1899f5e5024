internal import CurveModel

/// The members of a line of outcomes that mean something to this program, checked and in the order of records.
struct OutcomeMembers {
  /// The members, checked.
  var members: [JSONValue.Member]
  /// What tells the run from others of its task and seed, as a member of JSON.
  var identity: String
  /// Names whose values say nothing, such as a loss that is "nan": left out.
  var dropped: [String] = []

  /// The members of a training.
  static func outcome(_ value: JSONValue) throws(EvidenceError) -> OutcomeMembers {
    guard let rate = value["learningRate"]?.double, rate > 0, rate.isFinite else {
      throw .badTask("\"learningRate\" is \(value["learningRate"]?.text ?? "missing"), not a number above 0")
    }
    let key = RateKey(rate)
    guard let status = value["status"]?.string, ["finished", "diverged"].contains(status) else {
      throw .badTask("\"status\" is \(value["status"]?.text ?? "missing"), not \"finished\" or \"diverged\"")
    }
    var result = OutcomeMembers(
      members: [
        .init("learningRate", .number(rate)), .init("rate", .number(Double(key.value))),
        .init("status", .string(status)),
      ], identity: "\"rate\":\(key.value)")
    for name in numbers { try result.take(name, of: value) }
    if status == "finished", !result.members.contains(where: { $0.name == "loss" }) {
      throw .badTask(
        "\"loss\" is \(value["loss"]?.text ?? "missing") in a finished training: it must be a finite number")
    }
    for name in ["error", "bestError", "untrainedError"] {
      guard let error = result.members.first(where: { $0.name == name })?.value.double else { continue }
      guard (0...1).contains(error) else {
        throw .badTask("\"\(name)\" is \(error), not a share from 0 to 1")
      }
    }
    if let suggested = value["suggested"] {
      guard case .bool = suggested else {
        throw .badTask("\"suggested\" is \(suggested.text), not true or false")
      }
    }
    let steps = try list("evaluationSteps", of: value)?.count
    let losses = try list("evaluationLosses", of: value)?.count
    guard steps == losses else {
      throw .badTask("\"evaluationSteps\" and \"evaluationLosses\" are not of one length")
    }
    return result
  }

  private static let numbers = [
    "loss", "error", "bestLoss", "bestError", "untrainedLoss", "untrainedError",
  ]

  /// Takes a number over; one that is not finite says nothing.
  private mutating func take(_ name: String, of value: JSONValue) throws(EvidenceError) {
    guard let found = value[name] else { return }
    guard let number = found.double else { throw .badTask("\"\(name)\" is \(found.text), not a number") }
    if number.isFinite {
      members.append(.init(name, .number(number)))
    } else {
      dropped.append(name)
    }
  }

  private static func list(_ name: String, of value: JSONValue) throws(EvidenceError) -> [Double]? {
    guard let found = value[name] else { return nil }
    guard case .numbers(let numbers) = found else {
      throw .badTask("\"\(name)\" is \(found.kind), not a list of numbers")
    }
    return numbers
  }

  /// The members of a range test.
  static func curve(_ value: JSONValue) throws(EvidenceError) -> OutcomeMembers {
    guard let rates = try list("lrs", of: value), !rates.isEmpty else {
      throw .badTask("\"lrs\" is \(value["lrs"]?.kind ?? "missing"), not a list of rates")
    }
    let smoothed = try list("losses", of: value)
    let raw = try list("raw_losses", of: value)
    let steps = value["num_it"] ?? .number(Double(rates.count))
    guard let count = steps.integer, count >= rates.count else {
      throw .badTask(
        "\"num_it\" is \(steps.text), not a whole number of at least \(rates.count), the number of rates")
    }
    if let stop = value["stop"] {
      guard let word = stop.string, StopReason(rawValue: word) != nil else {
        let known = StopReason.allCases.map(\.rawValue).joined(separator: ", ")
        throw .badTask("\"stop\" is \(stop.text), not one of \(known)")
      }
    }
    var members: [JSONValue.Member] = [.init("num_it", steps), .init("lrs", .numbers(rates))]
    if let smoothed { members.append(.init("losses", .numbers(smoothed))) }
    if let raw { members.append(.init("raw_losses", .numbers(raw))) }
    do throws(CurveError) {
      _ = try LossCurve(learningRates: rates, rawLosses: raw, smoothedLosses: smoothed)
    } catch {
      throw .badTask("the curve cannot be used: \(error)")
    }
    let setting =
      value["rangeTest"].map(\.text) ?? "\"\(RangeTestSetting.text(of: rates, requested: count))\""
    return OutcomeMembers(members: members, identity: "\"rangeTest\":\(setting)")
  }
}
