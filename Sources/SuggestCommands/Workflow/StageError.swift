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
    for word in message.split(separator: " ") where word.contains("--") {
      let name = word.drop { $0 != "-" }.drop { $0 == "-" }.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
      if let option = stage[String(name)] { return option.origin }
    }
    let words = Self.pieces(of: message)
    // What is said in full may have been written short: gru-128 as gru.
    let said = Set(words + words.compactMap { $0.split(separator: "-").first.map(String.init) })
    let mentions = stage.options.map { option in
      (option, option.values.flatMap(Self.pieces).count { said.contains($0) })
    }
    let most = mentions.map(\.1).max() ?? 0
    return mentions.first { $0.1 == most && most > 0 }?.0.origin ?? .file(stage.position)
  }

  /// The words of a text, and its numbers in one way to write them.
  private static func pieces(of text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "-.+".contains($0)) }.flatMap { word -> [String] in
      if let number = Double(word) { return ["\(number)"] }
      return word.split { !($0.isLetter || $0.isNumber || $0 == "-") }.filter { $0.count > 2 }.map(
        String.init)
    }
  }
}
