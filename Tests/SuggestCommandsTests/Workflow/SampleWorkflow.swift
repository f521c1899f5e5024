import Foundation

/// Workflow files for tests.
enum SampleWorkflow {
  /// Three stages of a second together.
  ///
  /// Its lines are counted by tests, so they stay as they are.
  static let small = """
    workflow: test
    defaults:
      dataset: digits
      model: mlp-8
    stages:
      - name: find
        record:
          num-it: 20
      - name: fit
        train:
          lr: steepest
          epochs: 1
      - name: again
        record:
          from: fit

    """

  /// The small workflow with a range test long enough for a strategy, and a training after it.
  static let whole =
    small.replacing("num-it: 20", with: "num-it: 80")
    + "  - name: last\n    train:\n      from: fit\n      lr: 1e-3\n      epochs: 1\n"
}

/// What a workflow left in its folder.
struct WorkflowResults: Equatable {
  /// The stages in the order in which they were done, without their times.
  var stages: [String]
  /// The content of every other file but the lock.
  var files: [String: Data]

  init(_ folder: String) throws {
    let text = try String(contentsOfFile: folder + "/stages.jsonl", encoding: .utf8)
    stages = text.split(separator: "\n").map { $0.components(separatedBy: ",\"measured\"")[0] }
    files = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !["stages.jsonl", "claims.lock", "unfinished"].contains(name) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
  }

  /// What is not the same in another folder, in words, so that a failure says where to look.
  func differences(from other: WorkflowResults) -> [String] {
    let names = Set(files.keys).union(other.files.keys).sorted().filter { files[$0] != other.files[$0] }
    let parts = names.map { name in
      let texts = [files[name], other.files[name]].map { data in
        data.map { String(decoding: $0, as: UTF8.self) } ?? "missing"
      }
      let place = zip(texts[0], texts[1]).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
      return "\(name): \(texts.map { String($0.dropFirst(max(0, place - 40)).prefix(120)) })"
    }
    return (stages == other.stages ? [] : ["\(stages) against \(other.stages)"]) + parts
  }

  /// The names of the stages, in the order in which they were done.
  var names: [String] {
    stages.compactMap { line in (try? JSONResult(line + "}"))?["stage"] }.compactMap {
      if case .string(let name) = $0 { name } else { nil }
    }
  }
}
