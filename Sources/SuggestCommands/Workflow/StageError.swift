import ArgumentParser
import CurveModel
import Workflow

/// What is wrong with a stage, at the place where it was written.
struct StageError: Error, Equatable, CustomStringConvertible {
  let description: String
  let status: ExitStatus

  /// A problem of a value of the file at `path`, or of one that was typed.
  init(_ problem: StageProblem, in path: String, status: ExitStatus? = nil) {
    description = problem.sentence(in: path)
    if let status, status == .missingInput {
      self.status = status
    } else if case .typed = problem.origin {
      self.status = .usage
    } else {
      self.status = .unusableData
    }
  }
}

/// Finds the option that an error of a command is about.
struct StageBlame {
  let stage: WorkflowStage

  /// The error at the place of the option whose name, or else whose value, it mentions; else at the stage's.
  func problem(for error: any Error, of command: any ParsableCommand.Type) -> StageProblem {
    let isParserError = SuggestCommand.exitCode(for: error) == .validationFailure
    let message = (isParserError ? command.message(for: error) : "\(error)")
      .split(whereSeparator: \.isNewline).joined(separator: "; ")
    return StageProblem(origin(of: message), "stage \(stage.name): \(message)")
  }

  private func origin(of message: String) -> ValueOrigin {
    let words = message.split { !($0.isLetter || $0.isNumber || "-_./".contains($0)) }.map(String.init)
    for word in words where word.hasPrefix("--") {
      let name = String(word.dropFirst(2).prefix { $0.isLetter || $0.isNumber || $0 == "-" })
      if let option = stage[name] { return option.origin }
    }
    let named = stage.options.first { option in
      option.values.contains { value in value.count > 1 && words.contains { $0 == value } }
    }
    return named?.origin ?? .file(stage.position)
  }
}
