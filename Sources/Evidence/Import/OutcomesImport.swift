public import ExperimentStore

/// Takes the lines of a file of outcomes into a store: all that are new, or none where one is wrong.
public struct OutcomesImport: Sendable, Equatable {
  /// How many trainings and range tests were new.
  public private(set) var outcomes = 0, curves = 0
  /// How many lines the store held already.
  public private(set) var known = 0
  /// How many lines say the same as an earlier line of the file.
  public private(set) var repeated = 0

  /// Imports a file; doing it again changes nothing.
  ///
  /// - Throws: ``EvidenceError`` naming the line, or `StoreError`; nothing has been written then.
  public init(_ file: OutcomesFile, into store: RunStore) throws {
    var fresh: [RunID: (line: Int, text: String)] = [:]
    var records: [RunRecord] = []
    var seeds = SeedUse()
    // Conflicts within the store are older than this file, and scoring tells of them.
    try store.forEachRecord { _ = seeds.add($0, from: store.path) }
    for line in file.lines {
      let record = line.content.record
      let text = OutcomeLine.content(of: record)
      if let earlier = fresh[record.id] {
        guard earlier.text == text else {
          throw EvidenceError.badFile(
            file: file.name, line: line.number,
            problem:
              "it is of the same task, rate or range test, and seed as line \(earlier.line), with another result"
          )
        }
        repeated += 1
        continue
      }
      fresh[record.id] = (line.number, text)
      if let user = seeds.add(record, from: "line \(line.number)") {
        throw EvidenceError.badFile(
          file: file.name, line: line.number,
          problem:
            "its seed is that of a training and of a range test of one task (the other in \(user)): "
            + "record range tests with seeds of their own")
      }
      if let known = try store.record(record.id) {
        guard OutcomeLine.content(of: known) == text else {
          throw EvidenceError.disagrees(
            file: file.name, line: line.number, store: store.path, run: record.id.description)
        }
        self.known += 1
        continue
      }
      records.append(record)
      if record.kind == .outcome { outcomes += 1 } else { curves += 1 }
    }
    try store.add(records)
  }
}
