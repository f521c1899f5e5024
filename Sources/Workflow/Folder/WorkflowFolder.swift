internal import FoundationEssentials
internal import Glibc

/// The folder that a workflow writes into.
///
/// ```
/// FOLDER/stages.jsonl        the stages that are done, one a line
/// FOLDER/STAGE.…             what each wrote
/// FOLDER/unfinished/         what the stage at hand writes; emptied before the next
/// FOLDER/claims.lock         held by the program at work
/// ```
///
/// A file of a stage is written under `unfinished` and renamed, and the line follows once all are there: whenever the
/// program is killed, at most the stage at hand is lost.
package struct WorkflowFolder: Sendable, Equatable {
  /// The folder.
  package let path: String

  /// Names a folder; nothing is read or written yet.
  package init(path: String) { self.path = path }

  /// Where the stage at hand writes.
  package var unfinished: String { path + "/unfinished" }
  var journalPath: String { path + "/stages.jsonl" }

  /// Where a file of the folder lies.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  // MARK: Reading

  /// The stages that are done.
  ///
  /// - Parameter workflow: The name the workflow must have; nil takes any.
  /// - Throws: ``WorkflowFolderError``, also where the folder holds another workflow or something else.
  package func journal(of workflow: String?) throws(WorkflowFolderError) -> StageJournal {
    let journal = try StageJournal(path: journalPath)
    if let workflow, let other = journal.records.first(where: { $0.workflow != workflow }) {
      throw .otherWorkflow(path: path, found: other.workflow, wanted: workflow)
    }
    if access(journalPath, F_OK) != 0 { try checkEmpty() }
    return journal
  }

  /// - Throws: ``WorkflowFolderError/notAWorkflow(path:)`` where there are files that no workflow wrote.
  private func checkEmpty() throws(WorkflowFolderError) {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    let contents = isFolder ? try? FileManager.default.contentsOfDirectory(atPath: path) : ["?"]
    // A program killed before it wrote its list leaves its lock.
    guard contents?.allSatisfy({ $0 == "claims.lock" }) == true else { throw .notAWorkflow(path: path) }
  }

  /// The hash of a file of the folder; nil where it is not there.
  package func hash(of name: String) throws(WorkflowFolderError) -> String? {
    try FileContent.hash(of: file(name))
  }

  /// The hash of any file; nil where it is not there.
  package static func hash(ofFileAt path: String) throws(WorkflowFolderError) -> String? {
    try FileContent.hash(of: path)
  }
}
