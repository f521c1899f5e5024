import FoundationEssentials
import Glibc

/// What the record files of a store hold, as far as they have been read.
struct StoreContents: Sendable {
  let path: String
  private(set) var readers: [String: RecordReader] = [:]
  private(set) var summaries: [RunID: RunSummary] = [:]
  private(set) var incidents: [RunID: [IncidentRecord]] = [:]
  private(set) var conflicts: [RecordConflict] = []
  private(set) var problems: [StoreProblem] = []
  /// How many records are second ones of a run and agree with the first.
  private(set) var duplicates = 0
  private var incidentReaders: [String: RecordReader] = [:]
  private var unpacked = UnpackedFiles()

  init(path: String) { self.path = path }

  /// Begins with what an index remembers.
  init(path: String, readers: [RecordReader], problems: [StoreProblem], conflicts: [RecordConflict]) {
    self.path = path
    self.problems = problems
    self.conflicts = conflicts
    for reader in readers { self.readers[Self.name(of: reader.path)] = reader }
  }

  private static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The files behind whose last line end something stands: being written, or left by a crash.
  var unfinishedFiles: [String] {
    (readers.filter { $0.value.unfinishedBytes > 0 }.keys.map { "records/" + $0 }
      + incidentReaders.filter { $0.value.unfinishedBytes > 0 }.keys.map { "incidents/" + $0 }).sorted()
  }

  /// The names of record files, sorted.
  static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !$0.hasPrefix(".") && ($0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz")) }
      .sorted()
  }

  /// Whether all that was read is still there.
  func isStillValid() throws(StoreError) -> Bool {
    let names = Set(Self.names(in: path + "/records"))
    for (name, reader) in readers {
      guard names.contains(name), try reader.isStillValid() else { return false }
    }
    return true
  }

  /// Reads what was appended to all files, in the order of their names.
  ///
  /// - Returns: The new runs and incidents; nil if a file was replaced, cut off or removed, so that all must be read anew.
  mutating func readNew() throws(StoreError) -> StoreNews? {
    var news = StoreNews()
    let names = Self.names(in: path + "/records")
    guard readers.isEmpty || Set(readers.keys).isSubset(of: names) else { return nil }
    for name in names {
      var reader = readers[name] ?? RecordReader(path: "\(path)/records/\(name)")
      var status = stat()
      guard stat(reader.path, &status) == 0 else { throw .cannotRead(path: reader.path, code: errno) }
      let size = Int(status.st_size)
      if size == reader.bytesRead + reader.unfinishedBytes, readers[name] != nil { continue }
      if reader.bytesRead > 0, try !reader.isStillValid() { return nil }
      try read(&reader) { line, contents in contents.takeRecord(line, of: name, &news) }
      readers[name] = reader
    }
    for name in Self.names(in: path + "/incidents") {
      var reader = incidentReaders[name] ?? RecordReader(path: "\(path)/incidents/\(name)")
      try read(&reader) { line, contents in contents.takeIncident(line, of: name, &news) }
      incidentReaders[name] = reader
    }
    unpacked.removeAll()
    return news
  }

  /// A damaged packed file is a problem of that file alone.
  private mutating func read(
    _ reader: inout RecordReader, _ body: (RecordReader.Line, inout StoreContents) -> Void
  ) throws(StoreError) {
    do throws(StoreError) {
      try reader.read { body($0, &self) }
    } catch {
      guard case .damagedLine(let file, let line, let problem) = error else { throw error }
      problems.append(.init(file: String(file.dropFirst(path.count + 1)), line: line, problem: problem))
    }
  }

  private mutating func takeRecord(_ line: RecordReader.Line, of name: String, _ news: inout StoreNews) {
    do throws(RecordLineError) {
      let record = try RunRecord(parsing: RecordLine.opened(line.bytes))
      let place = RecordPlace(file: name, offset: line.offset, length: line.bytes.count)
      if admit(record.id, RunSummary(record, at: place), record) { news.runs.append(record.id) }
    } catch {
      problems.append(.init(file: "records/" + name, line: line.number, problem: error.description))
    }
  }

  private mutating func takeIncident(_ line: RecordReader.Line, of name: String, _ news: inout StoreNews) {
    do throws(RecordLineError) {
      let incident = try IncidentRecord(parsing: RecordLine.opened(line.bytes))
      incidents[incident.id, default: []].append(incident)
      news.incidents.append(incident)
    } catch {
      problems.append(.init(file: "incidents/" + name, line: line.number, problem: error.description))
    }
  }

  /// Takes a run in, unless it is there already; false then.
  @discardableResult
  mutating func admit(_ id: RunID, _ summary: RunSummary, _ record: RunRecord? = nil) -> Bool {
    guard let kept = summaries[id] else {
      summaries[id] = summary
      return true
    }
    guard kept.place != summary.place else { return false }
    let other = record ?? (try? self.record(at: summary.place, of: id))
    if let first = try? self.record(at: kept.place, of: id), first.canonicalLine == other?.canonicalLine {
      duplicates += 1
    } else {
      conflicts.append(.init(id: id, kept: kept.place, other: summary.place))
    }
    return false
  }

  /// Reads a record again.
  ///
  /// - Throws: ``StoreError/damagedLine(path:line:problem:)`` if something else lies there by now.
  mutating func record(at place: RecordPlace, of id: RunID) throws(StoreError) -> RunRecord {
    let file = "\(path)/records/\(place.file)"
    let line: [UInt8]
    if place.file.hasSuffix(".gz") {
      let bytes = try unpacked.bytes(of: place.file) { () throws(StoreError) in
        try RecordReader.unpacked(file)
      }
      line = Array(bytes.dropFirst(place.offset).prefix(place.length))
    } else {
      line = try FileBytes(file).bytes(at: place.offset, count: place.length)
    }
    do throws(RecordLineError) {
      let record = try RunRecord(parsing: RecordLine.opened(line))
      guard record.id == id else { throw .notARecord("run \(record.id) lies where \(id) was") }
      return record
    } catch {
      throw .damagedLine(path: file, line: 0, problem: "at byte \(place.offset): \(error)")
    }
  }
}

/// What came into a store since the last look.
public struct StoreNews: Sendable, Equatable {
  /// The runs that have a record now, in the order of the files.
  public var runs: [RunID] = []
  /// The incidents.
  public var incidents: [IncidentRecord] = []
}
