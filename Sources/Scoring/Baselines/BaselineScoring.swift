internal import CurveModel

/// Scores the rules that read no range test: what every strategy must beat (scoring reference, section 8).
///
/// Constants are read at the nearest rate of the grid; the score names that rate, not the constant.
struct BaselineScoring {
  let tables: EvidenceTables
  /// The studied tasks, in the order of the tables.
  let outcomes: [TaskOutcomes]

  /// A baseline and where it could be scored.
  struct Entry {
    var name: String
    var scores: [TaskScore] = []
  }

  /// All baselines, in the order of listings; those that no task allows have no scores and are listed.
  func entries(firstContestant: Int, _ exclusions: inout [Exclusion]) -> [Entry] {
    var entries = constants() + [ruleOfThumb()]
    entries += chosenConstants(&exclusions)
    entries.append(randomRate())
    entries.append(gridSearch(&exclusions))
    entries.append(successiveHalving(&exclusions))
    entries = entries.filter { !$0.scores.isEmpty }
    for (index, entry) in entries.enumerated() {
      entries[index].scores = entry.scores.map { score in
        var score = score
        score.contestant = firstContestant + index
        return score
      }
    }
    return entries
  }

  private func family(_ task: TaskOutcomes) -> OptimizerFamily {
    OptimizerFamily(tables.tasks[task.study.task].optimizer)
  }

  /// The score of the grid's point nearest to a rate.
  private func score(_ rate: RateKey, _ task: TaskOutcomes) -> TaskScore {
    TaskScore(
      task: task.study.task, contestant: 0,
      scores: [SuggestionScore(task.nearestPoint(to: rate), task.study)])
  }

  /// Before the bar Adam's family, behind it SGD's.
  private func constants() -> [Entry] {
    ["constant 1e-3|1e-2", "constant 3e-3|1e-1", "constant 3e-4"].enumerated().map { place, name in
      let scores = outcomes.compactMap { task in
        let rates = family(task).constants
        return place < rates.count ? score(rates[place], task) : nil
      }
      return Entry(name: name, scores: scores)
    }
  }

  private func ruleOfThumb() -> Entry {
    Entry(
      name: "rule of thumb",
      scores: outcomes.map { task in
        score(family(task).ruleOfThumb(model: tables.tasks[task.study.task].model), task)
      })
  }

  /// One optimizer in one role.
  private struct Group: Hashable {
    var optimizer: String
    var role: TaskDescription.Role
  }

  /// The best constant of each optimizer and role: in hindsight, and with the judged family left out.
  private func chosenConstants(_ exclusions: inout [Exclusion]) -> [Entry] {
    var hindsight = Entry(name: "best constant (hindsight)")
    var leftOut = Entry(name: "best constant (left out)")
    let group = { (task: TaskOutcomes) in
      let description = tables.tasks[task.study.task]
      return Group(optimizer: description.optimizer, role: description.role)
    }
    var done: Set<Group> = []
    for first in outcomes where done.insert(group(first)).inserted {
      let members = outcomes.filter { group($0) == group(first) }
      let families = members.map { tables.tasks[$0.study.task].family }
      let best = BestConstant(members.map { RegretCurve($0.study) }, families: families)
      hindsight.scores += members.map { score(best.rate, $0) }
      if Set(families).count > 1 {
        leftOut.scores += zip(members, best.leftOutRates).map { score($1, $0) }
      } else {
        let name = "\(leftOut.name) for \(group(first).optimizer), \(group(first).role.rawValue) rates"
        exclusions.append(Exclusion(name, because: "there is a single family of data sets"))
      }
    }
    hindsight.scores.sort { $0.task < $1.task }
    leftOut.scores.sort { $0.task < $1.task }
    return [hindsight, leftOut]
  }

  /// Every rate of the grid by the stretch it stands for: the exact expectation of a log-uniform rate.
  private func randomRate() -> Entry {
    let scores = outcomes.map { task in
      let weights = RegretCurve(task.study).logUniformWeights
      let scores = zip(task.study.points, weights).map { point, weight in
        SuggestionScore(point, task.study, weight: weight)
      }
      return TaskScore(task: task.study.task, contestant: 0, scores: scores)
    }
    return Entry(name: "random rate", scores: scores)
  }
}
