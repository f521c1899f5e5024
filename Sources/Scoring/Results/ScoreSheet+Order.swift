extension ScoreSheet {
  /// The headline with the lowest mean regret first.
  public var ranked: [HeadlineRow] {
    headline.sorted { ($0.regret.value, $0.contestant) < ($1.regret.value, $1.contestant) }
  }

  /// The lines of ``ranked`` that are strategies.
  public var rankedStrategies: [HeadlineRow] {
    ranked.filter { contestants[$0.contestant].kind == .strategy }
  }

  /// What was left out, gathered by the reason, in the order in which reasons first appear.
  public var exclusionsByReason: [(reason: String, subjects: [String])] { exclusions.byReason }
}

extension [Exclusion] {
  /// Gathered by the reason, in the order in which reasons first appear.
  public var byReason: [(reason: String, subjects: [String])] {
    var reasons: [String] = []
    var subjects: [String: [String]] = [:]
    for exclusion in self {
      if subjects[exclusion.reason] == nil { reasons.append(exclusion.reason) }
      subjects[exclusion.reason, default: []].append(exclusion.subject)
    }
    return reasons.map { ($0, subjects[$0] ?? []) }
  }
}
