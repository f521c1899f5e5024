import ArgumentParser

/// What the parser says against a command line, with what the user needs to put it right.
struct Complaint {
  private let message: String
  private let arguments: [String]

  /// - Parameters:
  ///   - message: The parser's message.
  ///   - arguments: The words behind the program's name.
  init(_ message: String, about arguments: [String]) {
    self.message = message
    self.arguments = arguments
  }

  /// The complaint, and where the help is.
  var text: String {
    let complaint = negativeNumber ?? listOfValues ?? message
    return "\(complaint.hasSuffix(".") ? String(complaint.dropLast()) : complaint); see \(command) --help"
  }

  /// The words that name the command at hand, such as `suggest data show`.
  private var command: String {
    var words = ["suggest"]
    var commands: [any ParsableCommand.Type] = Subcommands.all
    for word in arguments {
      guard let next = commands.first(where: { $0.configuration.commandName == word }) else { break }
      words.append(word)
      commands = next.configuration.subcommands
    }
    return words.joined(separator: " ")
  }

  /// The parser puts many values on a line each; a complaint is one line.
  private var listOfValues: String? {
    let lines = message.split(whereSeparator: \.isNewline)
    let (ending, bullet) = ("the following:", "  - ")
    guard let first = lines.first, first.hasSuffix(ending), lines.count > 1,
      lines.dropFirst().allSatisfy({ $0.hasPrefix(bullet) })
    else { return nil }
    let values = lines.dropFirst().map { String($0.dropFirst(bullet.count)) }
    return first.dropLast(ending.count) + values.joined(separator: ", ")
  }

  /// The parser takes a negative number behind an option for another option, and the option's value for missing.
  private var negativeNumber: String? {
    guard message.hasPrefix("Missing value for '") else { return nil }
    let option = message.dropFirst("Missing value for '".count).prefix { $0 != " " && $0 != "'" }
    for (word, value) in zip(arguments, arguments.dropFirst()) where word == option {
      if let number = Double(value), number < 0 {
        return "\(word) \(value): it must not be negative"
      }
    }
    return nil
  }
}
