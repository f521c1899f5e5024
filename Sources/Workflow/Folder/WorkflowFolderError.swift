internal import Glibc

/// Why a folder cannot be a workflow's.
package enum WorkflowFolderError: Error, Equatable, CustomStringConvertible {
  /// It holds something else.
  case notAWorkflow(path: String)
  /// What is named is a file, or holds something else.
  case noWorkflow(path: String)
  /// It holds another workflow.
  case otherWorkflow(path: String, found: String, wanted: String)
  /// Another program is at work in it.
  case busy(path: String)
  /// There is no finished stage in it.
  case nothingThere(path: String)
  /// A line of its list of stages is not what was written.
  case damaged(path: String, line: Int, problem: String)
  /// A newer program wrote it.
  case newerFormat(path: String, found: Int)
  /// The operating system refuses to read.
  case cannotRead(path: String, reason: String)
  /// The operating system refuses to write.
  case cannotWrite(path: String, reason: String)

  static func cannotWrite(path: String, code: Int32) -> Self {
    .cannotWrite(path: path, reason: String(cString: strerror(code)))
  }

  /// One sentence: what is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .notAWorkflow(let path):
      "\(path) is not empty and holds no workflow: choose another folder with --output"
    case .noWorkflow(let path):
      "\(path) is no workflow's folder: name the one that suggest workflow run prints at its end, such as "
        + "runs/workflows/NAME"
    case .otherWorkflow(let path, let found, let wanted):
      "\(path) holds the workflow \(found), not \(wanted): choose another folder with --output"
    case .busy(let path):
      "another program runs a workflow in \(path): wait for it, or choose another folder with --output"
    case .nothingThere(let path):
      "\(path) holds no stage that is done: name the folder of a workflow, as suggest workflow run prints it"
    case .damaged(let path, let line, let problem):
      "\(path), line \(line): \(problem): restore the file, or remove the line so that its stage is done again"
    case .newerFormat(let path, let found):
      "\(path) is of format \(found), this program reads \(StageRecord.formatVersion): update suggest"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
    }
  }
}
