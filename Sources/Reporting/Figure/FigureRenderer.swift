internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Draws figures with the gnuplot program and writes them to files.
///
/// A picture is drawn into memory and checked before anything is written; then it is written beside its place
/// and renamed, so that a file is never half a picture, and an old one stays until the new one is whole.
public struct FigureRenderer: Sendable {
  /// The program's name, looked up in `PATH`, or a path to it.
  public let program: String

  /// No figure of ours comes near this size, in bytes.
  private static let largestPicture = 256 << 20

  /// A renderer that uses the given program.
  public init(program: String = "gnuplot") {
    self.program = program
  }

  /// Draws a figure and writes it to a file, in the format that the file's ending names.
  ///
  /// - Throws: ``ReportingError``: `unsupportedFormat` before anything is drawn; `programMissing` and
  ///   `programFailed` from drawing; `cannotWrite` from writing.
  public func write(_ figure: CurveFigure, to path: String, size: FigureSize = FigureSize()) async throws {
    let format = try FigureFormat(path: path)
    try AtomicFile.write(await picture(of: figure, size: size, format: format), to: path)
  }

  /// The bytes of a figure in a format.
  ///
  /// The script format (`gp`) needs no program.
  ///
  /// - Throws: ``ReportingError``: `programMissing` or `programFailed`.
  public func picture(
    of figure: CurveFigure, size: FigureSize = FigureSize(), format: FigureFormat
  ) async throws -> [UInt8] {
    let script = GnuplotScript(figure, size: size, format: format).text
    let drawn = format == .gp ? Array(script.utf8) : try await output(of: script)
    switch format {
    case .svg:
      return Array(StandaloneSVG.standalone(String(decoding: drawn, as: UTF8.self), title: figure.title).utf8)
    case .pdf: return Self.undated(drawn)
    case .png, .gp: return drawn
    }
  }

  /// What gnuplot writes when it is given a script.
  private func output(of script: String) async throws -> [UInt8] {
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

  /// The page with the time of its creation put to 1 January 1970, so that the same figure gives the same
  /// bytes.
  private static func undated(_ page: [UInt8]) -> [UInt8] {
    let key = Array("/CreationDate (D:".utf8)
    let fixed = Array("19700101000000".utf8)
    guard let place = page.firstRange(of: key), place.upperBound + fixed.count <= page.count else {
      return page
    }
    var page = page
    page.replaceSubrange(place.upperBound..<place.upperBound + fixed.count, with: fixed)
    return page
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
