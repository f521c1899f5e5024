internal import Spelling

/// A problem before the file's name is known.
package struct FileProblem: Error {
  /// Where it is.
  package let position: FilePosition
  /// One clause: what is wrong, and what to write instead.
  package let text: String

  /// A problem at a place.
  package init(_ position: FilePosition, _ text: String) {
    self.position = position
    self.text = text
  }

  /// A word that is none of the valid ones: with the nearest of them, and with all where they are few.
  package static func unknown(
    _ noun: String, _ word: String, among valid: [String], at position: FilePosition
  ) -> FileProblem {
    FileProblem(position, unknown(noun, word, among: valid))
  }

  /// The same where there is no place to name.
  package static func unknown(_ noun: String, _ word: String, among valid: [String]) -> String {
    let nearest = nearestNames(to: word, among: valid)
    let isShort = valid.count <= mostListed
    let hint =
      switch (nearest.first, isShort) {
      case (let first?, true): ": did you mean \(first)? Valid are \(valid.joined(separator: ", "))"
      case (nil, true): "; valid are \(valid.joined(separator: ", "))"
      case (.some, false): ": did you mean \(nearest.joined(separator: " or "))?"
      case (nil, false): listings[noun].map { "; `\($0)` lists them" } ?? ""
      }
    return "there is no \(noun) \"\(word)\"\(hint)"
  }

  /// Longer lists hide what a reader looks for.
  private static let mostListed = 20
  /// What prints the valid words.
  private static let listings = ["strategy": "suggest strategies", "data set": "suggest data list"]
}
