internal import CurveModel
internal import Scoring

/// One task: what its grid says, its figure, and every strategy's numbers.
struct TaskCard {
  let sheet: ScoreSheet
  let study: TaskStudy
  let scores: [TaskScore]
  let figure: HTML

  private var task: TaskDescription { sheet.tables.tasks[study.task] }

  var html: HTML {
    """
    <article class="card" data-task="\(study.task)" data-dataset="\(task.dataset)" data-model="\(task.model)" data-optimizer="\(task.optimizer)" data-schedule="\(task.schedule)">
    <h4>\(task.title)</h4>
    <p class="facts">\(facts)</p>
    <div class="wide">\(figure)</div>
    <details><summary>The numbers</summary>\(numbers.html)</details>
    </article>

    """
  }

  private var facts: String {
    let plateau = study.indifference[1]
    var facts = [
      "best rate \(Cells.rate(log10: study.oracle.log10Rate)), loss \(NumberText.loss(study.oracle.value))",
      "as good within 5 %: \(Cells.rate(log10: plateau.lowest)) to \(Cells.rate(log10: plateau.highest))",
      "untrained loss \(NumberText.loss(study.untrained))",
    ]
    if study.noise.delta > 0 { facts.append("noise floor \(NumberText.loss(study.noise.delta))") }
    facts.append(
      study.cliff.map { "fails from \(NumberText.rate($0.learningRate))" } ?? "no failing rate above the best"
    )
    if study.oracle.isAtEdge {
      facts.append("the best rate lies at the edge of the grid: left out of distances")
    }
    if let fallback = study.oracle.fallback { facts.append(fallback) }
    if !study.isInformative { facts.append("the losses hardly differ: left out of means") }
    if !study.bimodal.isEmpty {
      let rates = study.bimodal.map { NumberText.rate($0.learningRate) }.joined(separator: ", ")
      facts.append("seeds fall into two groups at \(rates)")
    }
    return facts.joined(separator: " · ")
  }

  private var numbers: SortableTable {
    SortableTable(
      caption: "Means over range tests of the task.",
      columns: [SortableTable.Column(name: "strategy", isNumber: false)]
        + ["lowest rate", "highest rate", "regret", "fails", "abstains"].map {
          SortableTable.Column(name: $0)
        },
      rows: scores.map { score in
        let rates = score.scores.filter { !$0.abstained }.map(\.rate.learningRate).sorted()
        let regret = score.regret
        let count = Double(score.scores.count)
        let failures = score.scores.reduce(0) { $0 + $1.failureRate } / count
        let abstentions = Double(score.scores.count(where: \.abstained)) / count
        let cells: [(String, Double?)] = [
          (rates.first.map(NumberText.rate) ?? Cells.none, rates.first),
          (rates.last.map(NumberText.rate) ?? Cells.none, rates.last), (Cells.fixed(regret, 3), regret),
          (Cells.percent(failures), failures), (Cells.percent(abstentions), abstentions),
        ]
        return SortableTable.Row(
          contestant: score.contestant,
          cells: [SortableTable.Cell("\(sheet.contestants[score.contestant].name)")]
            + cells.map { SortableTable.Cell("\($0.0)", value: $0.1 ?? .nan) })
      })
  }
}

extension TaskScore {
  /// The weighted mean of normalised regret over the range tests; 0 to 1.
  var regret: Double {
    let weight = scores.reduce(0) { $0 + $1.weight }
    return scores.reduce(0) { $0 + $1.weight * $1.normalisedRegret } / weight
  }
}
