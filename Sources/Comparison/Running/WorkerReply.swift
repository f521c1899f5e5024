internal import CurveModel
public import ExperimentStore

/// What a worker says of a run: one line of JSON.
public struct WorkerReply: Sendable, Equatable {
  /// The run.
  public let id: RunID
  /// How it ended.
  public let end: RunEnd

  /// Makes a reply.
  public init(id: RunID, end: RunEnd) {
    self.id = id
    self.end = end
  }

  /// The line, without a line end.
  public var line: String {
    var members = [JSONValue.Member("id", .string(id.description)), .init("end", .string(word))]
    if case .failed(let reason) = end { members.append(.init("reason", .string(reason))) }
    return JSONValue.object(members).text
  }

  private var word: String {
    switch end {
    case .recorded: "recorded"
    case .alreadyKnown: "known"
    case .busy: "busy"
    case .abandoned: "abandoned"
    case .failed: "failed"
    }
  }

  /// Reads a line; nil where it is no reply.
  public init?(line: String) {
    guard let value = try? JSONValue(parsing: Array(line.utf8)),
      let id = value["id"]?.string.flatMap({ RunID($0) }), let word = value["end"]?.string
    else { return nil }
    self.id = id
    switch word {
    case "recorded": end = .recorded
    case "known": end = .alreadyKnown
    case "busy": end = .busy
    case "abandoned": end = .abandoned
    case "failed": end = .failed(reason: value["reason"]?.string ?? "it did not say why")
    default: return nil
    }
  }
}
