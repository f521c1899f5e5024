package import CurveModel
internal import ExperimentStore

/// What is kept of a stage that is done: a line of `stages.jsonl`.
package struct StageRecord: Equatable, Sendable {
  /// The version of the lines this program writes, and the newest it reads.
  package static let formatVersion = 1

  /// A file that the stage wrote.
  package struct File: Equatable, Sendable {
    /// What it is, such as weights, a curve, suggestions, a picture.
    package var role: String
    /// Its name in the workflow's folder.
    package var name: String
    /// The SHA-256 hash of its content, in hexadecimal digits.
    package var hash: String

    /// Names a file.
    package init(role: String, name: String, hash: String) {
      self.role = role
      self.name = name
      self.hash = hash
    }
  }

  /// The workflow's name.
  package var workflow: String
  /// The names of all stages the workflow had.
  package var stages: [String]
  /// The stage's name.
  package var stage: String
  /// What it did.
  package var command: StageCommand
  /// What decided its results.
  package var identity: String
  /// Its options, as words of the command.
  package var arguments: [String]
  /// The rate of a training and who decided it; what a recording has not.
  package var rate: JSONValue?
  /// What it gave.
  package var result: JSONValue
  /// What it wrote.
  package var files: [File]
  /// How long it took.
  package var seconds: Double

  /// Keeps everything.
  package init(
    workflow: String, stages: [String], stage: String, command: StageCommand, identity: String,
    arguments: [String],
    rate: JSONValue?, result: JSONValue, files: [File], seconds: Double
  ) {
    self.workflow = workflow
    self.stages = stages
    self.stage = stage
    self.command = command
    self.identity = identity
    self.arguments = arguments
    self.rate = rate
    self.result = result
    self.files = files
    self.seconds = seconds
  }

  /// The file of a role.
  package func file(_ role: String) -> File? { files.first { $0.role == role } }

  /// The line, without a line end.
  var line: [UInt8] {
    let files = files.map { file in
      JSONValue.object([
        .init("role", .string(file.role)), .init("name", .string(file.name)),
        .init("sha256", .string(file.hash)),
      ])
    }
    let members: [JSONValue.Member] =
      [
        .init("suggestWorkflow", .number(Double(Self.formatVersion))), .init("workflow", .string(workflow)),
        .init("stages", .array(stages.map(JSONValue.string))),
        .init("stage", .string(stage)), .init("command", .string(command.rawValue)),
        .init("identity", .string(identity)), .init("arguments", .array(arguments.map(JSONValue.string))),
      ] + (rate.map { [.init("rate", $0)] } ?? []) + [
        .init("result", result), .init("files", .array(files)),
        .init("measured", .object([.init("seconds", .number(seconds))])),
      ]
    return RecordLine.sealed(JSONValue.object(members).text)
  }

  /// Reads a line.
  ///
  /// - Throws: ``LineProblem``.
  init(line: [UInt8]) throws(LineProblem) {
    let value: JSONValue
    do throws(CurveError) {
      value = try JSONValue(parsing: line)
    } catch {
      throw .damaged(RecordLineError.malformed(error).description)
    }
    guard let version = value["suggestWorkflow"]?.integer else { throw .damaged("no stage of a workflow") }
    guard version <= Self.formatVersion else { throw .newer(version) }
    do throws(RecordLineError) {
      _ = try RecordLine.opened(line)
    } catch {
      throw .damaged(error.description)
    }
    let text = { (name: String) in value[name]?.string }
    guard let workflow = text("workflow"), let stages = value["stages"]?.strings, let stage = text("stage"),
      let identity = text("identity"),
      let command = text("command").flatMap(StageCommand.init(rawValue:)),
      let arguments = value["arguments"]?.strings, let result = value["result"],
      let files = value["files"]?.values?.compactMap(Self.file),
      let seconds = value["measured"]?["seconds"]?.double
    else { throw .damaged("no stage of a workflow") }
    self.init(
      workflow: workflow, stages: stages, stage: stage, command: command, identity: identity,
      arguments: arguments,
      rate: value["rate"], result: result, files: files, seconds: seconds)
  }

  /// Why a line is no record.
  enum LineProblem: Error {
    case damaged(String)
    case newer(Int)
  }

  private static func file(_ value: JSONValue) -> File? {
    guard let role = value["role"]?.string, let name = value["name"]?.string,
      let hash = value["sha256"]?.string
    else { return nil }
    return File(role: role, name: name, hash: hash)
  }
}

extension JSONValue {
  /// The elements, if this is a list.
  package var values: [JSONValue]? {
    switch self {
    case .array(let values): values
    case .numbers(let numbers): numbers.map(JSONValue.number)
    default: nil
    }
  }

  /// The elements, if this is a list of strings.
  package var strings: [String]? { values.map { $0.compactMap(\.string) } }
}
