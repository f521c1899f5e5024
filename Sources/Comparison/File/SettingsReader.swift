internal import DocumentFiles

/// Reads range tests, grid, seeds and evaluations; their form has been checked.
enum SettingsReader {
  /// The range tests; one with the defaults where the file names none.
  static func rangeTests(_ node: FileNode?) throws(FileProblem) -> [RangeTestSettings] {
    let standard = RangeTestSettings()
    guard let node else { return [standard] }
    var tests: [RangeTestSettings] = []
    for element in node.elements {
      let start = element["start"]?.number ?? standard.start
      let end = element["end"]?.number ?? standard.end
      guard start < end else {
        throw FileProblem(
          (element["end"] ?? element["start"] ?? element).position,
          "a range test rises: its start \(start) is not below its end \(end)")
      }
      let test = RangeTestSettings(
        iterations: element["iterations"]?.whole ?? standard.iterations, start: start, end: end)
      guard !tests.contains(test) else {
        throw FileProblem(element.position, "`range-tests` names the same twice; remove this one")
      }
      tests.append(test)
    }
    return tests
  }

  /// The evaluations of every training.
  static func evaluation(_ node: FileNode?) throws(FileProblem) -> EvaluationPlan {
    let standard = EvaluationPlan()
    guard let node else { return standard }
    let count = node["count"]?.whole ?? standard.count
    let averaged = node["averaged"]?.whole ?? min(standard.averaged, count)
    guard averaged <= count else {
      throw FileProblem(
        (node["averaged"] ?? node).position,
        "the last \(averaged) of \(count) evaluations cannot be averaged; lower it")
    }
    return EvaluationPlan(
      count: count, samples: node["samples"]?.whole ?? standard.samples, averaged: averaged)
  }

  /// The grid.
  static func grid(_ node: FileNode?) throws(FileProblem) -> GridSettings {
    let standard = GridSettings()
    guard let node else { return standard }
    let main = try range(node, "grid", standard.range)
    var ranges: [(value: GridSettings.OptimizerRange, node: FileNode)] = []
    for entry in (node["ranges"]?.entries ?? []).sorted(by: { $0.key < $1.key }) {
      let range = try range(entry.value, "grid of \(entry.key)", main)
      ranges.append((GridSettings.OptimizerRange(family: entry.key, range: range), entry.value))
    }
    let limits = try extensionLimits(node["extend"], standard)
    if let limits {
      for (range, place) in [(main, node["extend"] ?? node)] + ranges.map({ ($0.value.range, $0.node) }) {
        guard limits.lowerBound <= range.lowerBound, range.upperBound <= limits.upperBound else {
          throw FileProblem(
            place.position,
            "the grid from \(range.lowerBound) to \(range.upperBound) reaches beyond what it may be extended to, from "
              + "\(limits.lowerBound) to \(limits.upperBound); widen `extend`")
        }
      }
    }
    return GridSettings(
      perDecade: node["per-decade"]?.whole ?? standard.perDecade, range: main, extensionLimits: limits,
      refines: node["refine"].map { $0.text == "true" } ?? standard.refines,
      optimizerRanges: ranges.map(\.value))
  }

  private static func extensionLimits(_ node: FileNode?, _ standard: GridSettings) throws(FileProblem)
    -> ClosedRange<Double>?
  {
    guard let node else { return standard.extensionLimits }
    let limits = GridSettings.standardExtensionLimits
    if node.kind == .flag { return node.text == "true" ? limits : nil }
    return try range(node, "extension of the grid", limits)
  }

  private static func range(_ node: FileNode, _ noun: String, _ standard: ClosedRange<Double>)
    throws(FileProblem)
    -> ClosedRange<Double>
  {
    let low = node["from"]?.number ?? standard.lowerBound
    let high = node["to"]?.number ?? standard.upperBound
    guard low < high else {
      throw FileProblem(
        (node["to"] ?? node["from"] ?? node).position,
        "the \(noun) is empty: from \(low) is not below to \(high)")
    }
    return low...high
  }

  /// The seeds.
  static func seeds(_ node: FileNode?) throws(FileProblem) -> SeedSettings {
    let grid = try seeds(node?["grid"], from: 0, standard: SeedSettings.standardGridCount)
    let tests = try seeds(
      node?["range-tests"], from: UInt64(SeedSettings.firstRangeTest),
      standard: SeedSettings.standardRangeTestCount)
    var suggestions = grid
    if let choice = node?["suggestions"] {
      suggestions =
        choice.kind == .number
        ? Array(grid.prefix(choice.whole ?? 0)) : try seeds(choice, from: 0, standard: grid.count)
      guard suggestions.count == choice.whole ?? suggestions.count, grid.starts(with: suggestions) else {
        throw FileProblem(
          choice.position,
          "the seeds of suggestions are the first of the grid's, which are \(grid.count): only with the same seed can "
            + "two rates be compared")
      }
    }
    if let shared = tests.first(where: grid.contains) {
      let place = (node?["range-tests"] ?? node?["grid"])?.position ?? FilePosition()
      throw FileProblem(place, "seed \(shared) is both a training's and a range test's; they share none")
    }
    return SeedSettings(grid: grid, suggestions: suggestions, rangeTests: tests)
  }

  private static func seeds(_ node: FileNode?, from first: UInt64, standard: Int) throws(FileProblem)
    -> [UInt64]
  {
    guard let node, node.kind == .list else {
      return (0..<UInt64(node?.whole ?? standard)).map { first + $0 }
    }
    var seeds: [UInt64] = []
    for element in node.elements {
      let seed = UInt64(element.whole ?? 0)
      guard !seeds.contains(seed) else {
        throw FileProblem(element.position, "seed \(seed) stands twice; remove this one")
      }
      seeds.append(seed)
    }
    return seeds
  }
}
