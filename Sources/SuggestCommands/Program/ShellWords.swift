/// Words of a command as a person types them.
enum ShellWords {
  /// The words with spaces between, quoted where a shell would change them.
  static func text(of words: [String]) -> String {
    words.map { word in
      !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
        ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }
}
