/// An optimizer with a way to its rate.
public struct Contender: Sendable, Hashable {
  /// Where the rate comes from.
  public enum Way: Sendable, Hashable {
    /// What a strategy of this name suggests, after its fallback where it abstains.
    case strategy(String)
    /// The constant that is best for the same optimizer on other families of data sets (``BestConstant``).
    case bestConstant
    /// 1, which optimizers that find their rate are made for.
    case unitRate
    /// The best rate in hindsight: nobody can know it beforehand.
    case bestRate
  }

  /// The optimizer; with its settings where tables have it with several.
  public var optimizer: String
  /// Where its rate comes from.
  public var way: Way

  /// Names a contender.
  public init(optimizer: String, way: Way) {
    self.optimizer = optimizer
    self.way = way
  }

  /// Both, such as `adam: steepest`, `prodigy: rate 1` or `sgd: best rate`.
  public var name: String {
    switch way {
    case .strategy(let strategy): "\(optimizer): \(strategy)"
    case .bestConstant: "\(optimizer): \(Self.bestConstantName)"
    case .unitRate: "\(optimizer): rate 1"
    case .bestRate: "\(optimizer): best rate"
    }
  }

  /// As the baseline is called.
  static let bestConstantName = "best constant (left out)"
}

/// Who is compared across optimizers.
public struct ContenderChoice: Sendable, Equatable {
  /// A contender with scores on a smaller share of the problems looked at is left out, rather than that it takes most
  /// problems from all others; 0...1.
  public var fewestShare: Double
  /// The name of the contender whose time the others get; nil chooses one.
  public var reference: String?

  /// The share that contenders need who were not asked for.
  public static let standardShare = 2.0 / 3

  /// Chooses.
  public init(fewestShare: Double = Self.standardShare, reference: String? = nil) {
    self.fewestShare = fewestShare
    self.reference = reference
  }
}
