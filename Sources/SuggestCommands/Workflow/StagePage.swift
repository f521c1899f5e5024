import Glibc
import Reporting
import Workflow

/// The report of a training stage, which lies beside the weights it names.
struct StagePage {
  let stage: PlannedStage
  let folder: WorkflowFolder

  /// Leaves the names of the stages' weights in a page without the folders before them, which the stage at hand leaves
  /// for its own and which are no part of the result; nothing where there is no page.
  ///
  /// - Throws: ``InputError``, `ReportingError`.
  func forgetPlaces(in page: String) throws {
    guard access(page, F_OK) == 0 else { return }
    var text = String(decoding: try InputFile.bytes(at: page), as: UTF8.self)
    var places = [("\(folder.unfinished)/\(stage.name).safetensors", "\(stage.name).safetensors")]
    if case .stage(let earlier) = stage.start {
      places.append((folder.weights(of: earlier), "\(earlier).safetensors"))
    }
    for (path, name) in places { text = text.replacing(Self.escaped(path), with: name) }
    try AtomicFile.write(Array(text.utf8), to: page)
  }

  /// A path as a page writes it.
  private static func escaped(_ path: String) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")]
      .reduce(path) { $0.replacing($1.0, with: $1.1) }
  }
}
