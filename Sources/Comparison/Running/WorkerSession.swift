public import CurveModel
public import DatasetKit
public import ExperimentStore
internal import Glibc
internal import ModelZoo

/// A worker: does runs that nobody has done, and appends each record to a file of its own.
///
/// Nothing is shared with whoever made the plan but the store: a worker may outlive it, run on another machine, or be
/// started again on the same plan.
public final class WorkerSession {
  private let performer: RunPerformer
  private let claims: RunClaims
  private let writer: RecordWriter
  private let store: RunStore

  /// Opens the store.
  ///
  /// - Parameters:
  ///   - storePath: the store's folder; created where there is none.
  ///   - folders: where data sets are looked for.
  ///   - weights: where published weights are looked for.
  ///   - surroundings: programs and machine, as they go under `measured` of every record.
  /// - Throws: `StoreError`.
  public init(
    storePath: String, folders: DataFolders, weights: WeightFolders = WeightFolders(),
    surroundings: [JSONValue.Member]
  ) throws(StoreError) {
    performer = RunPerformer(folders: folders, weights: weights, surroundings: surroundings)
    store = try RunStore.open(storePath, index: .read)
    claims = RunClaims(store: storePath)
    writer = RecordWriter(store: storePath, at: Int(time(nil)))
  }

  /// Does a run, unless it is done or somebody else is doing it.
  ///
  /// - Returns: how it ended; an error of the run itself is an end, too.
  /// - Throws: where the next run would fare no better: `StoreError` if the record cannot be written, `DatasetError`,
  ///   `CheckpointFileError` or ``MaterialsError`` if the data or weights are not there.
  public func end(of run: RunSpecification, isCancelled: () -> Bool) throws -> RunEnd {
    if try isRecorded(run) { return .alreadyKnown }
    guard let claim = try claims.claim(run.id) else { return .busy }
    defer { claim.release() }
    // It may have been recorded, and its claim released, a moment ago.
    if try isRecorded(run) { return .alreadyKnown }
    let record: RunRecord
    do {
      guard let done = try performer.record(of: run, isCancelled: isCancelled) else { return .abandoned }
      record = done
    } catch let error as DatasetError {
      throw error
    } catch let error as CheckpointFileError {
      throw error
    } catch let error as MaterialsError {
      throw error
    } catch {
      return .failed(reason: "\(error)")
    }
    try writer.append(record)
    return .recorded
  }

  private func isRecorded(_ run: RunSpecification) throws(StoreError) -> Bool {
    try store.refresh()
    return store.summary(of: run.id) != nil
  }
}
