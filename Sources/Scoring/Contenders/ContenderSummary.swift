internal import CurveModel

/// Makes the sheet of a comparison across optimizers.
struct ContenderSummary {
  let board: ContenderBoard
  let tables: EvidenceTables
  let problems: [Problem]
  /// All problems that could be studied.
  let studied: [ProblemOutcomes]
  let settings: ScorerSettings
  /// As an index into the board's entries.
  let reference: Int

  /// A problem that counts, with every contender's score.
  private struct Counted {
    let problem: ProblemOutcomes
    let scores: [ContenderScore]
    let equalTime: EqualTime?
  }

  /// The sheet; `exclusions` are passed through.
  func sheet(_ exclusions: [Exclusion]) -> ContenderSheet {
    let counted = self.counted
    let resampling = ContenderResampling(
      settings: settings, seed: tables.resamplingSeed, problems: problems)
    let means = resampling.means(counted.map { ($0.problem, $0.scores) }, reference: reference)
    let timed = counted.compactMap { entry in entry.equalTime.map { (entry.problem, $0.scores) } }
    let timedMeans = timed.isEmpty ? nil : resampling.means(timed, reference: reference)
    let times = counted.compactMap(\.equalTime)
    let rows = board.entries.indices.map { index in
      ContenderRow(
        contender: index, regret: means.regrets[index], difference: means.differences[index],
        failureRate: means.failures[index],
        abstentionRate: counted.map { $0.scores[index].abstentionRate }.mean,
        stepTime: times.map { $0.stepTimes[index] }.medianOrNil,
        time: times.map { $0.times[index] }.medianOrNil, equalTimeRegret: timedMeans?.regrets[index])
    }
    return ContenderSheet(
      problems: studiedProblems, contenders: board.entries.map(\.contender),
      rows: rows.sorted { ($0.regret.value, $0.contender) < ($1.regret.value, $1.contender) },
      scores: problemScores(counted), reference: reference, problemCount: counted.count,
      familyCount: Set(counted.map { problems[$0.problem.problem].family }).count,
      timedCount: timed.count, exclusions: exclusions)
  }

  private var counted: [Counted] {
    var rows = [[OutcomeRow]](repeating: [], count: tables.tasks.count)
    for row in tables.outcomes { rows[row.task].append(row) }
    return board.counted.map { problem in
      let entries = board.entries.compactMap { entry in
        entry.score(on: problem).map { (optimizer: entry.contender.optimizer, score: $0) }
      }
      return Counted(
        problem: problem, scores: entries.map(\.score),
        equalTime: EqualTime(
          problem, entries, reference: reference, tables: tables, rows: rows, outcome: settings.outcome))
    }
  }

  private var studiedProblems: [StudiedProblem] {
    let counted = Set(board.counted.map(\.problem))
    return studied.map { outcome in
      let scale = outcome.scale
      let best = zip(outcome.members, scale.studies).first { $0.1.oracle.value == scale.best }
      return StudiedProblem(
        problem: problems[outcome.problem], optimizers: outcome.members.map(\.optimizer),
        untrained: scale.untrained, best: scale.best, bestOptimizer: best?.0.optimizer ?? "",
        isCounted: counted.contains(outcome.problem))
    }
  }

  private func problemScores(_ counted: [Counted]) -> [ContenderProblemScore] {
    let places = Dictionary(uniqueKeysWithValues: studied.enumerated().map { ($1.problem, $0) })
    return counted.flatMap { entry in
      let once = [Int](repeating: 1, count: entry.problem.seedCount)
      let scale = entry.problem.scale
      func numbers(_ score: ContenderScore) -> [Double] {
        ContenderResampling.average(ContenderResampling.numbers(score, scale, once))
      }
      return entry.scores.enumerated().map { index, score in
        let own = numbers(score)
        return ContenderProblemScore(
          problem: places[entry.problem.problem] ?? 0, contender: index, regret: own[0],
          failureRate: own[1], stepTime: entry.equalTime?.stepTimes[index],
          time: entry.equalTime?.times[index],
          equalTimeRegret: (entry.equalTime?.scores[index]).map { numbers($0)[0] })
      }
    }
  }
}
