internal import CurveModel

/// A file of outcomes and curves: JSON Lines, or CSV for outcomes alone (`docs/outcomes-format.md`).
public struct OutcomesFile: Sendable, Equatable {
  /// A line of the file.
  public struct Line: Sendable, Equatable {
    /// Its number, counted from 1.
    public let number: Int
    /// What it says.
    public let content: OutcomeLine
  }

  /// The file's name, for messages.
  public let name: String
  /// The lines in the order of the file, without blank ones.
  public let lines: [Line]

  /// Collects lines that were read.
  init(name: String, lines: [Line]) {
    self.name = name
    self.lines = lines
  }

  /// Reads a whole file; what begins with a brace is JSON Lines, all else CSV.
  ///
  /// - Throws: ``EvidenceError/badFile(file:line:problem:)`` naming the first line that cannot be used.
  public init(parsing bytes: [UInt8], name: String) throws(EvidenceError) {
    self.name = name
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      .filter { $0.element.contains { $0 > 0x20 } }
      .map { (number: $0.offset + 1, bytes: Array($0.element)) }
    guard let first = rows.first else {
      throw .badFile(file: name, line: 0, problem: "the file is empty")
    }
    let isJSON = first.bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
    let table = isJSON ? nil : try OutcomeTable(header: first.bytes, line: first.number, file: name)
    var lines: [Line] = []
    for row in isJSON ? rows[...] : rows.dropFirst() {
      do throws(EvidenceError) {
        let value = if let table { try table.value(of: row.bytes) } else { try Self.json(row.bytes) }
        lines.append(Line(number: row.number, content: try OutcomeLine(value)))
      } catch {
        throw .badFile(file: name, line: row.number, problem: error.description)
      }
    }
    guard !lines.isEmpty else { throw .badFile(file: name, line: 0, problem: "it has a header and no rows") }
    self.lines = lines
  }

  private static func json(_ bytes: [UInt8]) throws(EvidenceError) -> JSONValue {
    do throws(CurveError) {
      return try JSONValue(parsing: bytes)
    } catch .malformedJSON(_, let column, let problem) {
      throw .badTask("no JSON at column \(column) (\(problem))")
    } catch {
      throw .badTask("no JSON (\(error))")
    }
  }
}
