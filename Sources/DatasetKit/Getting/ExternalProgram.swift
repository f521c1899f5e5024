internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage

/// A program of the system that gets or converts data sets.
struct ExternalProgram {
  /// The name, looked up in `PATH`, or a path.
  let name: String
  /// What it is to do, behind "to" in an error.
  let purpose: String
  /// Where programs are looked for, as in `PATH`; nil looks where this process does.
  let searchPath: String?

  /// The name of the file in which a complaint is kept for the moment.
  static let complaints = ".complaints"

  /// Runs the program and waits for its end; what it writes is thrown away.
  ///
  /// - Parameters:
  ///   - arguments: the words behind its name.
  ///   - folder: where it works; also what it writes to standard error is kept there for the moment.
  /// - Throws: ``DatasetError``: `programMissing`, or `programFailed` with the last line of its complaint.
  func run(_ arguments: [String], in folder: String) async throws(DatasetError) {
    let complaints = "\(folder)/\(Self.complaints)"
    let failure: String
    do {
      let file = try FileDescriptor.open(
        FilePath(complaints), .writeOnly, options: [.create, .truncate, .closeOnExec],
        permissions: .ownerReadWrite)
      defer { try? file.close() }
      let status = try await Subprocess.run(
        name.contains("/") ? .path(FilePath(name)) : .name(name), arguments: Arguments(arguments),
        environment: searchPath.map { .inherit.updating(["PATH": $0]) } ?? .inherit,
        workingDirectory: FilePath(folder), output: .discarded,
        error: .fileDescriptor(file, closeAfterSpawningProcess: false)
      ).terminationStatus
      if status.isSuccess { return }
      failure = Self.lastLine(of: complaints) ?? "it ended with \(status)"
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .programMissing(name: name, purpose: purpose)
    } catch {
      failure = "\(error)"
    }
    throw .programFailed(name: name, purpose: purpose, message: failure)
  }

  /// The last line that says something, without control characters and not too long.
  private static func lastLine(of path: String) -> String? {
    let content = FileManager.default.contents(atPath: path).map { [UInt8]($0.suffix(4096)) } ?? []
    let line = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isNewline)
      .last { $0.contains { !$0.isWhitespace } }
    return line.map { line in
      String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
    }.map { String($0.prefix(300)) }
  }
}
