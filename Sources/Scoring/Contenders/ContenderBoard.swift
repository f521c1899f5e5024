/// Which contenders are compared on which problems.
struct ContenderBoard {
  /// The contenders.
  let entries: [ContenderScoring.Entry]
  /// The problems on which all of them have a score.
  let counted: [ProblemOutcomes]
  /// What was left out, and why.
  let exclusions: [Exclusion]

  /// Problems with fewer optimizers than this share of the most that any problem has are not looked at: a store of many
  /// problems with two optimizers would outvote a few with nine.
  static let optimizerShare = 0.5

  /// Chooses problems and contenders.
  ///
  /// Of the problems on which most optimizers were run, those count on which every contender has a score; contenders
  /// with a score on too few of them are left out first.
  init(
    _ entries: [ContenderScoring.Entry], _ outcomes: [ProblemOutcomes], _ problems: [Problem],
    _ choice: ContenderChoice
  ) {
    var exclusions: [Exclusion] = []
    let most = Double(outcomes.map(\.members.count).max() ?? 0)
    let looked = outcomes.filter { Double($0.members.count) >= Self.optimizerShare * most }
    for outcome in outcomes where Double(outcome.members.count) < Self.optimizerShare * most {
      exclusions.append(
        Exclusion(
          problems[outcome.problem].title,
          because: "fewer than half as many optimizers were run on it as on others"))
    }
    let fewest = max(1, choice.fewestShare * Double(looked.count))
    var kept: [ContenderScoring.Entry] = []
    for entry in entries {
      let count = looked.count { entry.score(on: $0) != nil }
      if Double(count) >= fewest {
        kept.append(entry)
      } else {
        exclusions.append(
          Exclusion(
            entry.contender.name, because: "it has a score on \(count) of \(looked.count) problems"))
      }
    }
    var counted: [ProblemOutcomes] = []
    for outcome in looked {
      let missing = kept.filter { $0.score(on: outcome) == nil }.map(\.contender.name)
      if missing.isEmpty {
        counted.append(outcome)
      } else {
        let names = missing.joined(separator: ", ")
        exclusions.append(
          Exclusion(problems[outcome.problem].title, because: "there is no score of \(names)"))
      }
    }
    self.entries = kept
    self.counted = kept.isEmpty ? [] : counted
    self.exclusions = exclusions
  }

  /// The contender whose time the others get, as an index into ``entries``; nil where none has that name.
  ///
  /// Where none is named: Adam, else SGD, else the first optimizer that needs a rate, with the first strategy, else at
  /// its best rate.
  func reference(named name: String?) -> Int? {
    if let name { return entries.firstIndex { $0.contender.name == name } }
    let optimizers = entries.map(\.contender.optimizer)
    let needing = entries.first { $0.contender.way != .unitRate && $0.contender.way != .bestRate }
    let optimizer =
      ["adam", "sgd"].lazy.compactMap { name in
        // With its settings behind the name where there are several.
        optimizers.first { $0 == name || $0.hasPrefix("\(name) ") }
      }.first ?? needing?.contender.optimizer ?? optimizers.first
    let own = entries.indices.filter { entries[$0].contender.optimizer == optimizer }
    let strategy = own.first { if case .strategy = entries[$0].contender.way { true } else { false } }
    return strategy ?? own.last
  }
}

extension ContenderScoring.Entry {
  /// The score on a problem; nil where there is none.
  func score(on problem: ProblemOutcomes) -> ContenderScore? {
    problem.outcomes(of: contender.optimizer).flatMap { scores[$0.study.task] }
  }
}
