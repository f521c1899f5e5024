/// What is wrong with the content of a file that people write, and where.
public struct DocumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, as the caller named it.
  public let path: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in Unicode scalars.
  public let column: Int
  /// One clause: what is wrong, and what to write instead.
  public let problem: String

  /// Says what is wrong where.
  public init(path: String, line: Int, column: Int, problem: String) {
    self.path = path
    self.line = line
    self.column = column
    self.problem = problem
  }

  /// Says where in a file a problem is.
  package init(_ problem: FileProblem, in path: String) {
    self.init(
      path: path, line: problem.position.line, column: problem.position.column, problem: problem.text)
  }

  /// One sentence that begins with `FILE:LINE:COLUMN:`.
  public var description: String { "\(path):\(line):\(column): \(problem)" }
}
