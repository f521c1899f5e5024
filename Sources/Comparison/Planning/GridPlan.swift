internal import CurveModel

/// Which rates of a task's grid must be trained, given what is known: a pure function, the same whatever the order in
/// which the outcomes came.
///
/// The grid starts as the file asks. Once all of it is known, it grows until the best rate lies at least two points
/// inside and a failing rate is seen above it, or the limits are reached; then rates half-way are added once, on both
/// sides of the best and at the cliff. Every decision waits for all trainings that it depends on.
struct GridPlan: Sendable {
  let settings: GridSettings
  private let range: ClosedRange<Double>
  /// log10 of the first rate, in units of ``RateKey``.
  private let origin: Double
  private let spacing: Double

  /// Plans the grid of a task.
  ///
  /// - Parameters:
  ///   - settings: what the comparison asks for.
  ///   - range: the rates trained first; nil takes those of every optimizer.
  init(_ settings: GridSettings, range: ClosedRange<Double>? = nil) {
    self.settings = settings
    self.range = range ?? settings.range
    origin = Double(RateKey(self.range.lowerBound).value)
    spacing = Double(RateKey.perDecade) / Double(settings.perDecade)
  }

  /// How far a task's grid has come.
  enum Progress: Equatable {
    /// These rates, sorted, are not known yet, and the other ones of the grid are.
    case waiting(for: [RateKey], known: [RateKey])
    /// Everything is known: the rates, sorted, with their outcomes.
    case complete([Point])

    /// All rates of the grid so far, sorted.
    var keys: [RateKey] {
      switch self {
      case .waiting(let missing, let known): (missing + known).sorted()
      case .complete(let points): points.map(\.key)
      }
    }
  }

  /// A rate and what training at it gave.
  struct Point: Equatable {
    let key: RateKey
    let outcome: GridOutcome
  }

  /// The rates before any outcome is known.
  var firstKeys: [RateKey] { firstIndices.map(key) }

  /// What is to be done next.
  ///
  /// - Parameter outcome: what a rate gave; nil unless all its seeds are known.
  func progress(_ outcome: (RateKey) -> GridOutcome?) -> Progress {
    var indices = firstIndices
    while true {
      switch points(indices.map(key), outcome) {
      case .waiting(let keys, let known): return .waiting(for: keys, known: known)
      case .complete(let points):
        guard let wider = extended(indices, points) else { return refined(points, outcome) }
        indices = wider
      }
    }
  }

  private func points(_ keys: [RateKey], _ outcome: (RateKey) -> GridOutcome?) -> Progress {
    var known: [Point] = []
    var missing: [RateKey] = []
    for key in keys {
      if let outcome = outcome(key) {
        known.append(Point(key: key, outcome: outcome))
      } else {
        missing.append(key)
      }
    }
    return missing.isEmpty ? .complete(known) : .waiting(for: missing, known: known.map(\.key))
  }

  // MARK: The regular grid

  private var firstIndices: ClosedRange<Int> {
    let last = (Double(RateKey(range.upperBound).value) - origin) / spacing
    return 0...Int((last + Self.tolerance).rounded(.down))
  }

  private func key(_ index: Int) -> RateKey {
    RateKey(value: Int((origin + Double(index) * spacing).rounded()))
  }

  /// A wider grid, where the best rate is too near an end or no failing rate is seen; nil where nothing is to be added.
  private func extended(_ indices: ClosedRange<Int>, _ points: [Point]) -> ClosedRange<Int>? {
    guard let limits = settings.extensionLimits else { return nil }
    let best = Self.best(points)
    let below = Self.margin - best
    let above = Self.margin - (points.count - 1 - best)
    let seesFailure = points[best...].contains { !$0.outcome.isStable }
    let lowest = Int(
      ((Double(RateKey(limits.lowerBound).value) - origin) / spacing - Self.tolerance).rounded(.up))
    let highest = Int(
      ((Double(RateKey(limits.upperBound).value) - origin) / spacing + Self.tolerance).rounded(.down))
    let first =
      below > 0 ? min(indices.lowerBound, max(indices.lowerBound - below, lowest)) : indices.lowerBound
    let wanted = max(above, seesFailure ? 0 : 1)
    let last =
      wanted > 0 ? max(indices.upperBound, min(indices.upperBound + wanted, highest)) : indices.upperBound
    return first...last == indices ? nil : first...last
  }

  // MARK: Refinement

  private func refined(_ points: [Point], _ outcome: (RateKey) -> GridOutcome?) -> Progress {
    guard settings.refines else { return .complete(points) }
    let best = Self.best(points)
    var gaps = [best - 1, best]
    if let cliff = points.indices.first(where: { $0 > best && !points[$0].outcome.isStable }) {
      gaps.append(cliff - 1)
    }
    let added = gaps.filter { $0 >= 0 && $0 + 1 < points.count }.map { gap in
      RateKey(value: (points[gap].key.value + points[gap + 1].key.value) / 2)
    }
    return self.points(Set(points.map(\.key) + added).sorted(), outcome)
  }

  /// The index of the lowest mean loss; of equal ones the lowest rate's.
  private static func best(_ points: [Point]) -> Int {
    var best = 0
    for index in points.indices where points[index].outcome.meanLoss < points[best].outcome.meanLoss {
      best = index
    }
    return best
  }

  /// How many points must lie on either side of the best.
  private static let margin = 2
  /// Rates that are written with few digits lie on the grid.
  private static let tolerance = 1e-3
}

extension [GridPlan.Point] {
  /// Whether a rate can be read off the grid: both neighbours, or the very rate, were trained and none of them failed.
  func bracketsStably(_ key: RateKey) -> Bool {
    if let same = first(where: { $0.key == key }) { return same.outcome.isReadable }
    guard let above = firstIndex(where: { $0.key > key }), above > 0 else { return false }
    return self[above - 1].outcome.isReadable && self[above].outcome.isReadable
  }
}
