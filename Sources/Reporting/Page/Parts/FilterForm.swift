internal import Scoring

/// What a reader can choose: tasks by their labels, and strategies.
struct FilterForm {
  private let sections: [ReportContent.Section]

  init(_ sections: [ReportContent.Section]) { self.sections = sections }

  var html: HTML {
    """
    <form id="filters" class="filters" aria-label="Filters">
    \(select("dataset", "data set", \.dataset))\(select("model", "model", \.model))\(select("optimizer", "optimizer", \.optimizer))\(select("schedule", "schedule", \.schedule))
    <details class="strategies"><summary>Strategies</summary><fieldset><legend>Shown strategies and baselines</legend>\(boxes)<p><button type="button" id="all">all</button> <button type="button" id="none">none</button></p></fieldset></details>
    <button type="reset">Show everything</button>
    <output id="shown" aria-live="polite"></output>
    </form>

    """
  }

  private func select(_ id: String, _ name: String, _ label: KeyPath<TaskDescription, String>) -> HTML {
    let tasks = sections.flatMap { section in
      section.sheet.studies.map { section.sheet.tables.tasks[$0.task] }
    }
    let values = Set(tasks.map { $0[keyPath: label] }).sorted()
    let options = values.map { value -> HTML in "<option value=\"\(value)\">\(value)</option>" }
    return
      "<label>\(name) <select data-label=\"\(id)\"><option value=\"\">all \(values.count)</option>\(options)</select></label>\n"
  }

  private var boxes: [HTML] {
    var contestants: [Contestant] = []
    for contestant in sections.flatMap(\.sheet.contestants) where !contestants.contains(contestant) {
      contestants.append(contestant)
    }
    let groups = Contestant.Kind.allCases.flatMap { kind in contestants.filter { $0.kind == kind } }
    return groups.map { contestant in
      "<label><input type=\"checkbox\" checked value=\"\(contestant.name)\"> \(contestant.name)</label>\n"
    }
  }
}
