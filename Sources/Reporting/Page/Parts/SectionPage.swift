internal import CurveModel
internal import Scoring

/// The tasks of one role: verdict, tables and figures, a card a task.
struct SectionPage: Sendable {
  /// A figure to be drawn, and what it shows in words.
  struct Figure: Sendable {
    var script: PlotScript
    var says: String
  }

  let section: ReportContent.Section
  let id: String
  let figures: [Figure]
  private let hasCost: Bool

  private var sheet: ScoreSheet { section.sheet }

  init(_ section: ReportContent.Section, id: String, level: Bool) {
    self.section = section
    self.id = id
    let sheet = section.sheet
    let ranked = sheet.ranked
    let strategies = sheet.rankedStrategies
    let forest = ForestFigure(sheet: sheet, rows: ranked)
    let profile = ProfileFigure(sheet: sheet)
    let stability = StabilityFigure(sheet: sheet, rows: strategies)
    let cost = CostFigure(sheet: sheet, rows: strategies)
    hasCost = cost != nil
    var figures = [
      Figure(script: forest.script, says: forest.says), Figure(script: profile.script, says: profile.says),
      Figure(script: stability.script, says: stability.says),
    ]
    if let cost { figures.append(Figure(script: cost.script, says: cost.says)) }
    for study in sheet.studies {
      let task = Self.task(study, section, strategies.map(\.contestant))
      figures.append(Figure(script: task.script, says: task.says))
    }
    self.figures = figures
  }

  private static func task(_ study: TaskStudy, _ section: ReportContent.Section, _ order: [Int]) -> TaskFigure
  {
    let tests = section.sheet.tables.rangeTests
    return TaskFigure(
      sheet: section.sheet, study: study,
      curves: zip(tests, section.curves).filter { $0.0.task == study.task }.map(\.1),
      scores: scores(of: study, section.sheet, order))
  }

  /// The scores on a task, strategies in the order of the headline, those without a line of it behind them.
  private static func scores(of study: TaskStudy, _ sheet: ScoreSheet, _ order: [Int]) -> [TaskScore] {
    let place = { (contestant: Int) in order.firstIndex(of: contestant) ?? order.count + contestant }
    return sheet.taskScores
      .filter { $0.task == study.task && sheet.contestants[$0.contestant].kind == .strategy }
      .sorted { place($0.contestant) < place($1.contestant) }
  }

  // MARK: Page

  /// The section with its figures drawn, in the order of ``figures``.
  func html(_ drawn: [HTML]) -> HTML {
    let ranked = sheet.ranked
    let order = sheet.rankedStrategies.map(\.contestant)
    let firstTask = hasCost ? 4 : 3
    let cards = zip(sheet.studies, drawn.dropFirst(firstTask)).map { study, figure in
      TaskCard(
        sheet: sheet, study: study, scores: Self.scores(of: study, sheet, order), figure: figure
      ).html
    }
    let lists = FailureLists(sheet: sheet)
    let sensitivity: HTML =
      section.sensitivity.isEmpty
      ? "<p>No range test could be replayed with changes.</p>"
      : SortableTable.sensitivity(section.sensitivity, sheet).html
    return """
      <section class="role" id="\(id)" data-section="\(section.title)">
      <h2>\(section.title)</h2>
      <p class="verdict">\(sheet.verdict.map(\.text).joined(separator: " "))</p>
      <h3>Headline</h3>
      \(SortableTable.headline(sheet, ranked).html)
      <figure>\(drawn[0])<figcaption>Bars: 95 % intervals for new data sets, none with fewer than eight families of them. Filled: strategies; hollow: baselines.</figcaption></figure>
      <h3>Every strategy against every other</h3>
      \(PairMatrix(sheet: sheet, order: order).html)
      <details><summary>All pairs as a table</summary>\(SortableTable.pairs(sheet).html)</details>
      <details><summary>Mean ranks, with Nemenyi’s test</summary>\(ranks)</details>
      <h3>Regret profiles</h3>
      <figure>\(drawn[1])<figcaption>The higher, the better; left, only rates as good as the best count, right, rates that merely train. Band: 95 % of draws of families, for the best strategy. Rest the pointer on a line for its name.</figcaption></figure>
      \(SortableTable.widths(sheet, ranked).html)
      <h3>Stability over seeds</h3>
      <figure>\(drawn[2])<figcaption>Each ring is a task: the decades between the lowest and the highest rate that range tests of different seeds gave. The bar is the median.</figcaption></figure>
      <h3>Sensitivity</h3>
      \(sensitivity)
      <h3>Cost</h3>
      \(hasCost ? "<figure>\(drawn[3])</figure>" as HTML : "<p>\(commonCost)</p>")
      <h3>Tasks</h3>
      <p class="key">Shaded: rates within 5 % of the best. Blue line: the best rate, and the mean loss over seeds with a band from the lowest to the highest. Dashed: the lowest failing rate above the best. Orange rings on the curve and marks below it: suggestions, one a range test; filled where they were trained, hollow where the outcome was read between trained rates, a cross where training failed. Marks tell more when the pointer rests on them; so do the numbers beneath.</p>
      <div class="cards">\(cards)</div>
      <h3>Failures</h3>
      <details><summary>\(lists.failures.rows.count) suggestions at which trainings failed</summary>\(lists.failures.html)</details>
      <h3>Abstentions</h3>
      <details open><summary>\(lists.abstentions.rows.count) reasons</summary>\(lists.abstentions.html)</details>
      <h3>Left out</h3>
      \(lists.exclusions)
      <script type="application/json" class="regrets">\(HTML(markup: regrets.text.replacing("<", with: "\\u003c")))</script>
      </section>

      """
  }

  /// The strategies by mean rank, with the groups that are not told apart.
  private var ranks: HTML {
    guard let ranks = sheet.ranks else { return "<p>Mean ranks need two strategies and two families.</p>" }
    let groups = ranks.groups
    let table = SortableTable(
      caption:
        "Mean ranks over \(ranks.nemenyi.units) families. Strategies of one group lie within Nemenyi’s critical "
        + "difference of \(Cells.fixed(ranks.nemenyi.criticalDifference, 2)) at 5 %. Who else is ranked changes ranks and groups.",
      columns: [
        .init(name: "strategy", isNumber: false), .init(name: "mean rank"),
        .init(name: "groups", isNumber: false),
      ],
      rows: zip(ranks.contestants, ranks.meanRanks).enumerated().map { place, strategy in
        let names = groups.indices.filter { groups[$0].contains(place) }.map { "\($0 + 1)" }.joined(
          separator: ", ")
        return .init(
          contestant: strategy.0,
          cells: [
            .init("\(sheet.contestants[strategy.0].name)"),
            .init("\(Cells.fixed(strategy.1, 2))", value: strategy.1), .init("\(names)"),
          ])
      })
    return table.html
  }

  private var commonCost: String {
    guard let cost = sheet.ranked.compactMap(\.cost).first else {
      return "The stores do not say how long trainings were."
    }
    return
      "All strategies read the same range tests, as long as \(Cells.percent(cost)) of a training (median over tasks)."
  }

  /// The regret of each contestant on each task of the headline, for a page that filters.
  private var regrets: JSONValue {
    let tasks = sheet.widthClasses.flatMap(\.tasks).sorted()
    return .object([
      .init("contestants", .array(sheet.contestants.map { .string($0.name) })),
      .init("tasks", .numbers(tasks.map(Double.init))),
      .init(
        "regrets",
        .array(
          sheet.contestants.indices.map { contestant in
            let scores = sheet.taskScores.filter { $0.contestant == contestant }
            return .array(
              tasks.map { task in
                scores.first { $0.task == task }.map { .number($0.regret) } ?? .null
              })
          })),
    ])
  }
}
