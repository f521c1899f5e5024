extension Scorer {
  /// Compares optimizers, each with every way to its rate that the tables know, at equal steps and at equal time.
  ///
  /// - Throws: ``ScoringError`` where a score would be wrong without anybody seeing it, or there is nothing to compare;
  ///   what is merely unusable is left out and listed in ``ContenderSheet/exclusions``.
  public func compareOptimizers(
    _ unchecked: EvidenceTables, _ choice: ContenderChoice = ContenderChoice()
  ) throws(ScoringError) -> ContenderSheet {
    let checked = try unchecked.checked(
      outcome: settings.outcome, setting: settings.rangeTestSetting, roles: settings.roles)
    let tables = checked.tables
    var exclusions = checked.exclusions
    let outcomes = studied(tables, &exclusions)
    let problems = tables.problems
    let names = tables.optimizerNames
    let studied = usable(problems, names, outcomes, &exclusions)
    let entries = ContenderScoring(tables: tables, optimizers: names, outcomes: outcomes)
      .entries(&exclusions)
    let board = ContenderBoard(entries, studied, problems, choice)
    exclusions += board.exclusions
    let compared = Set(board.entries.map(\.contender.optimizer))
    guard compared.count > 1, !board.counted.isEmpty else { throw .noCommonProblem }
    guard let reference = board.reference(named: choice.reference) else {
      throw .unknownReference(choice.reference ?? "", of: board.entries.map(\.contender.name))
    }
    let summary = ContenderSummary(
      board: board, tables: tables, problems: problems, studied: studied, settings: settings,
      reference: reference)
    return summary.sheet(exclusions)
  }

  /// The problems that can be used with two optimizers or more; of the others, why not.
  private func usable(
    _ problems: [Problem], _ names: [String], _ outcomes: [TaskOutcomes?], _ exclusions: inout [Exclusion]
  ) -> [ProblemOutcomes] {
    problems.indices.compactMap { index in
      let members = problems[index].tasks.compactMap { task in
        outcomes[task].map { ProblemOutcomes.Member(optimizer: names[task], outcomes: $0) }
      }
      guard members.count > 1 else {
        exclusions.append(
          Exclusion(problems[index].title, because: "fewer than two optimizers were run on it"))
        return nil
      }
      do throws(ProblemOutcomes.Unusable) {
        return try ProblemOutcomes(problem: index, members)
      } catch {
        exclusions.append(Exclusion(problems[index].title, because: error.description))
        return nil
      }
    }
  }
}
