internal import Glibc

/// On which share of tasks a contestant stays below a regret.
public struct RegretProfile: Sendable, Equatable {
  /// The regrets that are asked for: 101 from 10⁻³ to 1, evenly spaced in log10.
  public static let thresholds: [Double] = (0...100).map { pow(10, Double($0 - 100) * 0.03) }

  /// The contestant, as an index into ``ScoreSheet/contestants``.
  public var contestant: Int
  /// The share of tasks with a normalised regret of at most each of ``thresholds``.
  public var shares: [Double]
  /// The area below the profile over log10 of the thresholds, as a share of the whole: 1 is perfect.
  public var area: Double

  /// Draws a profile of regrets; not empty.
  init(contestant: Int, _ regrets: [Double]) {
    self.contestant = contestant
    let shares = Self.thresholds.map { threshold in
      Double(regrets.count { $0 <= threshold }) / Double(regrets.count)
    }
    self.shares = shares
    let trapezoids = zip(shares, shares.dropFirst()).map { ($0 + $1) / 2 }
    area = trapezoids.mean
  }
}

/// The tasks whose 5 % plateau is about as wide, and the regrets on them: wide plateaus cannot separate strategies.
public struct WidthClass: Sendable, Equatable {
  /// Narrow: below 0.5 decades; middle: up to 1.5; wide: above.
  public enum Width: String, Sendable, CaseIterable {
    /// Below half a decade.
    case narrow
    /// From half a decade to one and a half.
    case middle
    /// Above one and a half decades.
    case wide
  }

  /// How wide.
  public var width: Width
  /// The tasks, as indices into ``EvidenceTables/tasks``.
  public var tasks: [Int]
  /// The mean normalised regret of every contestant on those of them that it was scored on; nil where there is none.
  public var regrets: [Double?]
}

extension WidthClass.Width {
  /// The class of a width in decades; grids are rounded to 1e-4, which must not move a task.
  public init(decades: Double) {
    let slack = 1e-6
    self = decades < 0.5 - slack ? .narrow : decades <= 1.5 + slack ? .middle : .wide
  }
}
