public import CurveModel
import Foundation

/// What NumPy computes for an upstream rule on one of the fixture curves; written by `scripts/golden/peers.py`.
public struct PeerAnswer: Sendable, Decodable {
  /// The fixture curve; the sawtooths are synthetic recordings on which every stop rule ends elsewhere, those that
  /// begin with "ended" end at a non-finite loss, after which most programs go on.
  public let curve: String
  /// Whether the rule reads the recorded smoothed losses; else smoothing and stop rule are replayed on the raw ones.
  public let recorded: Bool
  /// The number of points to keep of the curve, if not all.
  public let points: Int?
  /// The number of points the range test was asked for, if not the file's.
  public let requested: Int?
  /// The rule's parameters as typed, if not the defaults.
  public let settings: [String: String]?
  /// Whether upstream picks a point that it recorded after the loss stopped being a number.
  public let outside: Bool?
  /// The rate; nil where there is none in the curve.
  public let value: Double?
  /// The index of the dot in the whole curve; nil where there is no rate.
  public let index: Int?
  /// The lower end of the range, of a rule that returns one.
  public let low: Double?

  /// All answers for the strategy called `name`.
  public static func all(of name: String) throws -> [PeerAnswer] {
    let file = GoldenFolders.repositoryRoot.appendingPathComponent("Tests/Fixtures/peers/\(name).json")
    return try JSONDecoder().decode([PeerAnswer].self, from: Data(contentsOf: file))
  }

  /// The curve the answer is for.
  public func input() throws -> LossCurve {
    let fixtures = GoldenFolders.repositoryRoot.appendingPathComponent("Tests/Fixtures")
    if curve.hasPrefix("ended") {
      return try Self.read(fixtures.appendingPathComponent("peers/curves/\(curve).jsonl"))
    }
    let folder = fixtures.appendingPathComponent(curve.hasPrefix("sawtooth") ? "peers/curves" : "curves")
    let whole = try Self.read(folder.appendingPathComponent("\(curve).json"))
    let count = points ?? whole.count
    var header = whole.header
    header.requestedPoints = requested ?? whole.requestedPoints
    return try LossCurve(
      header: header, learningRates: Array(whole.learningRates.prefix(count)),
      rawLosses: whole.rawLosses.map { Array($0.prefix(count)) },
      smoothedLosses: recorded ? whole.smoothedLosses.map { Array($0.prefix(count)) } : nil)
  }

  private static func read(_ file: URL) throws -> LossCurve {
    try CurveReading.read(Array(Data(contentsOf: file))).curve
  }

  /// The parameters in the form a strategy's descriptor checks.
  public var typedSettings: [(name: String, text: String)] {
    (settings ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What is wrong with our answer; nil if both agree.
  ///
  /// Rates agree within a relative 1e-12.
  public func disagreement(rate: Double?, index: Int?, low: Double?) -> String? {
    let agree =
      Self.agree(rate, value) && index == self.index && (self.low == nil || Self.agree(low, self.low))
    if agree { return nil }
    let texts = [rate, index.map(Double.init), low, value, self.index.map(Double.init), self.low]
      .map { $0.map { "\($0)" } ?? "nothing" }
    return "\(curve), recorded \(recorded), points \(points ?? -1), requested \(requested ?? -1), "
      + "\(settings ?? [:]): ours is \(texts[0]) at \(texts[1]) from \(texts[2]), "
      + "NumPy's \(texts[3]) at \(texts[4]) from \(texts[5])"
  }

  private static func agree(_ ours: Double?, _ upstream: Double?) -> Bool {
    guard let ours, let upstream else { return ours == nil && upstream == nil }
    return abs(ours - upstream) <= 1e-12 * abs(upstream)
  }
}
