internal import Glibc
internal import Subprocess
internal import SystemPackage

/// The gnuplot program.
struct Gnuplot: Sendable {
  /// Its name, looked up in `PATH`, or a path to it.
  let program: String

  /// No figure of ours comes near this size, in bytes.
  private static let largestPicture = 256 << 20

  /// What it writes when it is given a script.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`.
  func output(of script: String) async throws -> [UInt8] {
    let input = try ScriptFile(script, program: program)
    do {
      defer { withExtendedLifetime(input) {} }
      let result = try await run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        // Without the user's start-up file, which could change any picture.
        arguments: ["--default-settings", "-"],
        input: .fileDescriptor(input.descriptor, closeAfterSpawningProcess: false),
        output: .bytes(limit: Self.largestPicture), error: .sequence
      ) { child in
        var tail: [UInt8] = []
        for try await chunk in child.standardError {
          chunk.withUnsafeBytes { tail.append(contentsOf: $0.suffix(4096)) }
          tail = tail.suffix(4096)
        }
        return String(decoding: tail, as: UTF8.self)
      }
      let complaint = Self.lastLine(of: result.closureResult)
      guard result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
        throw ReportingError.programFailed(
          name: program, message: complaint ?? "it ended with \(result.terminationStatus) and wrote nothing")
      }
      return result.standardOutput
    } catch let error as SubprocessError {
      guard error.code == .executableNotFound else {
        throw ReportingError.programFailed(name: program, message: FigureText.cleaned("\(error)"))
      }
      throw ReportingError.programMissing(name: program)
    }
  }

  private static func lastLine(of text: String) -> String? {
    text.split(whereSeparator: \.isNewline).map { FigureText.cleaned(String($0)) }.last { !$0.isEmpty }
  }
}

/// A script in an unnamed temporary file, to be a program's standard input.
///
/// A file, not a pipe: a program that ends before it has read everything then does no harm to the writer
/// (SIGPIPE).
private final class ScriptFile {
  private let file: UnsafeMutablePointer<FILE>
  var descriptor: FileDescriptor { FileDescriptor(rawValue: fileno(file)) }

  init(_ script: String, program: String) throws(ReportingError) {
    guard let file = tmpfile() else {
      throw .programFailed(
        name: program, message: "no temporary file for its script (\(Errno(rawValue: errno)))")
    }
    self.file = file
    do {
      try descriptor.writeAll(script.utf8)
      try descriptor.seek(offset: 0, from: .start)
    } catch {
      throw .programFailed(name: program, message: "no temporary file for its script (\(error))")
    }
  }

  deinit { fclose(file) }
}
