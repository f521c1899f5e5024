import CurveModel

/// A curve and where it came from.
struct NamedCurve: Sendable {
  let source: String
  let curve: LossCurve
  let warnings: [String]
}
