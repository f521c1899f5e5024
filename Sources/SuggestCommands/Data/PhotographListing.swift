import CurveModel
import DatasetKit

/// What `suggest data show` says about photographs.
struct PhotographListing {
  /// The data set's name, or the path of a folder.
  let name: String
  let folders: DataFolders
  let options: PhotographOptions

  /// The most classes and skipped files that are listed.
  private static let most = 100
  private static let mostSkipped = 20

  /// Prints facts, classes and skipped files, and draws the sheet.
  ///
  /// - Throws: `DatasetError`, ``UsageError``, `ReportingError` or ``OutputError``.
  func show(on console: Console, sheet: SheetPlan?) throws {
    // The facts are known even where the photographs are not here.
    try console.output(Table.text(knownFacts, width: console.width))
    let data = try Dataset.load(name, from: folders, photographs: options, willRead: console.reportReading)
    try console.output(Table.text(facts(of: data), width: console.width))
    try console.output("\n" + Table.text(classes(of: data)))
    if !data.skipped.isEmpty {
      try console.output("\n" + Table.text(skipped(data.skipped), width: console.width))
    }
    if let sheet {
      try sheet.draw(data)
      try console.output("\n\(sheet.path) is written\n")
    }
  }

  private var knownFacts: [[String]] {
    guard !Dataset.isFolder(name), let entry = try? Dataset.entry(named: name) else {
      return [["name", Dataset.folderName(name)], ["files", name]]
    }
    return [
      ["name", entry.name], ["data", entry.summary], ["family", entry.family], ["origin", entry.origin],
      ["licence", entry.licence], ["from", entry.source.description],
      ["files", entry.folder(in: folders) ?? "not here: suggest data fetch \(entry.name)"],
    ]
  }

  private func facts(of data: Dataset) -> [[String]] {
    let found = data.sampleCount + data.skipped.count
    let whole = Dataset.isFolder(name) ? nil : (try? Dataset.entry(named: name))?.sampleCount
    return [
      ["photographs", whole.map { $0 == found ? "\(found)" : "\(found) of \($0)" } ?? "\(found)"],
      ["version", data.photographVersion ?? ""],
      [
        "samples",
        "\(data.train.count) to train, \(data.validation.count) to validate (split \(options.splitSeed))",
      ],
      ["inputs", "\(data.sampleShape)"], ["outputs", "\(data.outputCount) classes"],
      ["skipped", data.skipped.isEmpty ? "nothing" : Quantity.text(data.skipped.count, "file")],
    ]
  }

  private func classes(of data: Dataset) -> [[String]] {
    func counts(_ labels: [Int32]) -> [Int] {
      labels.reduce(into: [Int](repeating: 0, count: data.outputCount)) { $0[Int($1)] += 1 }
    }
    let (train, validation) = (counts(data.train.labels), counts(data.validation.labels))
    let total = Double(data.train.count + data.validation.count)
    let rows = data.classNames.indices.prefix(Self.most).map { number in
      let count = train[number] + validation[number]
      return [
        "\(number)", data.classNames[number], "\(train[number])", "\(validation[number])",
        "\(NumberText.fixed(100 * Double(count) / total, fractionDigits: 2)) %",
      ]
    }
    let rest = data.outputCount - rows.count
    return [["class", "name", "train", "validation", "share"]] + rows
      + (rest > 0 ? [["…", "and \(rest) more"]] : [])
  }

  private func skipped(_ files: [SkippedFile]) -> [[String]] {
    let rest = files.count - Self.mostSkipped
    return [["skipped", "why"]] + files.prefix(Self.mostSkipped).map { [$0.path, $0.reason] }
      + (rest > 0 ? [["…", "and \(rest) more"]] : [])
  }
}
