internal import Comparison
internal import CurveModel
internal import ExperimentStore

extension RunRecord {
  /// Whether the run was imported.
  var isImported: Bool { self["origin"]?.string == OutcomeLine.origin }

  /// The curve of a recorded or imported range test.
  ///
  /// An imported recording may hold smoothed losses, raw ones, or both.
  ///
  /// - Throws: `CurveError` where the record holds none.
  func anyCurve() throws(CurveError) -> LossCurve {
    guard isImported, self["losses"] != nil || self["rangeTest"] == nil else { return try curve() }
    func numbers(_ name: String) -> [Double]? {
      guard case .numbers(let values)? = self[name] else { return nil }
      return values
    }
    let task: [JSONValue.Member] = if case .object(let members)? = self["task"] { members } else { [] }
    let seed = self["seed"]?.integer.flatMap { UInt64(exactly: $0) }
    return try LossCurve(
      header: CurveHeader(task: task, requestedPoints: self["num_it"]?.integer, seed: seed),
      learningRates: numbers("lrs") ?? [], rawLosses: numbers("raw_losses"),
      smoothedLosses: numbers("losses"),
      stop: self["stop"]?.string.flatMap(StopReason.init(rawValue:)) ?? .unknown)
  }
}
