internal import Spelling

/// What is wrong with the content of a comparison file, and where.
public struct ComparisonFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, as the caller named it.
  public let path: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in Unicode scalars.
  public let column: Int
  /// One clause: what is wrong, and what to write instead.
  public let problem: String

  /// One sentence that begins with `FILE:LINE:COLUMN:`.
  public var description: String { "\(path):\(line):\(column): \(problem)" }
}

/// A problem before the file's name is known.
struct FileProblem: Error {
  let position: FilePosition
  let text: String

  init(_ position: FilePosition, _ text: String) {
    self.position = position
    self.text = text
  }

  /// A word that is none of the valid ones: with the nearest of them, and with all where they are few.
  static func unknown(_ noun: String, _ word: String, among valid: [String], at position: FilePosition)
    -> FileProblem
  {
    let nearest = nearestNames(to: word, among: valid)
    let isShort = valid.count <= mostListed
    let hint =
      switch (nearest.first, isShort) {
      case (let first?, true): ": did you mean \(first)? Valid are \(valid.joined(separator: ", "))"
      case (nil, true): "; valid are \(valid.joined(separator: ", "))"
      case (.some, false): ": did you mean \(nearest.joined(separator: " or "))?"
      case (nil, false): listings[noun].map { "; `\($0)` lists them" } ?? ""
      }
    return FileProblem(position, "there is no \(noun) \"\(word)\"\(hint)")
  }

  /// Longer lists hide what a reader looks for.
  private static let mostListed = 20
  /// What prints the valid words.
  private static let listings = ["strategy": "suggest strategies", "data set": "suggest data list"]
}
