/// One row a unit, one column a contestant: what a test of significance may look at.
///
/// A unit is a task or a family of data sets, never a single seed: seeds of one task are not independent evidence, and a
/// Friedman test on task × seed rows says "different" in half of all cases where nothing differs (scoring reference,
/// section 7). Therefore a table is made from means by ``averaging(_:)`` and in no other way.
public struct UnitTable: Sendable, Equatable {
  /// The values, by unit and contestant; all finite.
  public let rows: [[Double]]
  /// How many contestants there are.
  public let contestantCount: Int

  /// One observation of every contestant, such as a task's regrets, and the unit it belongs to.
  public struct Observation: Sendable, Equatable {
    /// The unit's name, such as a family of data sets.
    public var unit: String
    /// A value a contestant.
    public var values: [Double]

    /// Names an observation.
    public init(unit: String, values: [Double]) {
      self.unit = unit
      self.values = values
    }
  }

  /// Averages the observations of each unit; units in the order of their first observation.
  ///
  /// - Returns: nil where a value is not finite, or where observations disagree about the number of contestants.
  public static func averaging(_ observations: [Observation]) -> UnitTable? {
    guard let width = observations.first?.values.count, width > 0 else { return nil }
    var units: [String] = []
    var sums: [String: (values: [Double], count: Double)] = [:]
    for observation in observations {
      guard observation.values.count == width, observation.values.allSatisfy(\.isFinite) else { return nil }
      if sums[observation.unit] == nil { units.append(observation.unit) }
      let before = sums[observation.unit] ?? (Array(repeating: 0, count: width), 0)
      sums[observation.unit] = (zip(before.values, observation.values).map(+), before.count + 1)
    }
    return UnitTable(
      rows: units.compactMap { unit in sums[unit].map { sum in sum.values.map { $0 / sum.count } } },
      contestantCount: width)
  }

  private init(rows: [[Double]], contestantCount: Int) {
    self.rows = rows
    self.contestantCount = contestantCount
  }

  /// The differences of two contestants, first minus second, unit by unit.
  public func differences(_ first: Int, _ second: Int) -> [Double] { rows.map { $0[first] - $0[second] } }
}
