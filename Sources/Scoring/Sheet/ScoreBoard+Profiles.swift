extension ScoreBoard {
  /// A profile of every contestant with a score on a task that counts.
  var profiles: [RegretProfile] {
    contestants.indices.compactMap { contestant in
      let regrets = commonScores(contestant).map(\.normalisedRegret)
      return regrets.isEmpty ? nil : RegretProfile(contestant: contestant, regrets)
    }
  }

  /// The tasks that count, by the width of their plateau.
  var widthClasses: [WidthClass] {
    WidthClass.Width.allCases.map { width in
      let tasks = commonTasks.filter { task in
        study(task).map { WidthClass.Width(decades: $0.indifference[1].width) } == width
      }
      let regrets = contestants.indices.map { contestant -> Double? in
        let known = tasks.compactMap { score(contestant, $0)?.normalisedRegret }
        return known.isEmpty ? nil : known.mean
      }
      return WidthClass(width: width, tasks: tasks, regrets: regrets)
    }
  }
}
