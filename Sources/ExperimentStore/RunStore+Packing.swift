import Archives
import CurveModel
import Glibc

extension RunStore {
  /// Calls `body` with every record, each run once, in the order of the identities.
  ///
  /// - Throws: ``StoreError`` if a record cannot be read again, and what `body` throws.
  public func forEachRecord(
    kind: RunRecord.Kind? = nil, _ body: (RunRecord) throws -> Void
  ) throws {
    for (id, summary) in summaries.sorted(by: { $0.key < $1.key }) where kind == nil || summary.kind == kind {
      if let record = try record(id) { try body(record) }
    }
  }

  /// Packs all records, each run once and in the order of the identities, into a new store at `target`.
  ///
  /// The new store holds one file of records, `records/runs.jsonl.gz`, the same bytes for the same records, and the
  /// comparisons. Incidents are no results and stay behind.
  ///
  /// - Parameters:
  ///   - target: The new store's folder.
  ///   - others: Runs that these stores have are left out.
  /// - Returns: How many records were packed.
  /// - Throws: ``StoreError``: the store is damaged, `target` holds something already or cannot be written.
  public func pack(into target: String, without others: [RunStore] = []) throws -> Int {
    if let problem = problems.first {
      throw StoreError.damagedLine(
        path: "\(path)/\(problem.file)", line: problem.line, problem: problem.problem)
    }
    if let conflict = conflicts.first {
      throw StoreError.conflict(
        id: conflict.id,
        places: [conflict.kept, conflict.other].map { "records/\($0.file) at byte \($0.offset)" })
    }
    let folder = StoreFolder(path: target)
    guard try !folder.exists() else { throw StoreError.alreadyThere(path: target) }
    try folder.open(with: ["records"])
    let file = target + "/records/runs.jsonl.gz"
    // Under a name that no reader looks at until it is whole.
    let temporary = file + ".unfinished"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw StoreError.cannotWrite(path: file, code: errno) }
    var count = 0
    do {
      defer { close(descriptor) }
      let packer = try GzipPacker()
      let write = { (bytes: [UInt8]) throws(StoreError) in
        let failure = writeAll(bytes, to: descriptor)
        guard failure == 0 else { throw .cannotWrite(path: file, code: failure) }
      }
      try forEachRecord { record in
        guard !others.contains(where: { $0.summaries[record.id] != nil }) else { return }
        try write(packer.add(RecordLine.sealed(record.line) + [UInt8(ascii: "\n")]))
        count += 1
      }
      try write(packer.finish())
      guard fsync(descriptor) == 0 || errno == EINVAL else {
        throw StoreError.cannotWrite(path: file, code: errno)
      }
      guard rename(temporary, file) == 0 else { throw StoreError.cannotWrite(path: file, code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    _ = StoreFolder.synchronize(target + "/records")
    let packed = try RunStore.openWithoutIndex(target)
    for comparison in try storedComparisons() { try packed.keep(comparison) }
    return count
  }
}
