internal import CurveModel
internal import Scoring

extension WinnersLesson {
  /// What the cells about one section print.
  struct Lines {
    let section: ReportContent.Section
    var sheet: ScoreSheet { section.sheet }

    init(_ section: ReportContent.Section) { self.section = section }

    var best: [Int] { sheet.rankedStrategies.prefix(WinnersLesson.shown).map(\.contestant) }

    var headline: [String] {
      sheet.ranked.map { row in
        let contestant = sheet.contestants[row.contestant]
        let interval = row.regret.interval.map {
          "  \(Python.fixed($0.lowerBound)) to \(Python.fixed($0.upperBound))"
        }
        return Python.left(contestant.name, 26) + " " + Python.left(contestant.kind.rawValue, 9) + " "
          + Python.right(Python.fixed(row.regret.value), 6) + (interval ?? "")
      }
    }

    /// The task, its labels and its regret, where a contestant has one and the task tells anything.
    func regrets(_ contestant: Int) -> [(study: TaskStudy, task: TaskDescription, regret: Double)] {
      sheet.taskScores.filter { $0.contestant == contestant }.compactMap { score in
        guard let study = sheet.studies.first(where: { $0.task == score.task }), study.isInformative else {
          return nil
        }
        return (study, sheet.tables.tasks[score.task], score.regret)
      }
    }

    var groups: [String] {
      compare("optimizer") { $0.task.optimizer } + compare("plateau") { WinnersLesson.plateau($0.study) }
    }

    private func compare(
      _ label: String, by group: ((study: TaskStudy, task: TaskDescription, regret: Double)) -> String
    ) -> [String] {
      let everything = sheet.contestants.indices.flatMap(regrets)
      let groups = Set(everything.map(group)).sorted()
      let header = Python.left(label, 26) + groups.map { " " + Python.right($0, 9) }.joined()
      return [header]
        + best.map { contestant in
          let own = regrets(contestant)
          let cells = groups.map { name -> String in
            let values = own.filter { group($0) == name }.map(\.regret)
            guard !values.isEmpty else { return "         -" }
            return " " + Python.right(Python.fixed(values.reduce(0, +) / Double(values.count)), 9)
          }
          return Python.left(sheet.contestants[contestant].name, 26) + cells.joined()
        }
    }

    var worst: [String] {
      guard let first = best.first else { return [] }
      let rows = regrets(first).sorted { (-$0.regret, $0.task.title) < (-$1.regret, $1.task.title) }
      return [sheet.contestants[first].name]
        + rows.prefix(WinnersLesson.worst).map {
          Python.right(Python.fixed($0.regret), 6) + "  " + FigureText.cleaned($0.task.title)
        }
    }
  }
}
