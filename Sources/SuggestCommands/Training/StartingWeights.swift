import Archives
import CurveModel
import ModelZoo
import TrainingEngine

/// The weights of a file that a training begins with.
struct StartingWeights: Sendable {
  let path: String
  private let checkpoint: Checkpoint
  private let checksum: UInt32

  /// Reads the file.
  ///
  /// - Throws: ``CheckpointFileError``.
  init(path: String) throws {
    do throws(CheckpointError) {
      checkpoint = try Checkpoint.read(from: path)
    } catch {
      throw CheckpointFileError(path: path, problem: error)
    }
    checksum = Checksum.crc32(try InputFile.bytes(at: path))
    self.path = path
  }

  /// The weights that a file will hold, to find out beforehand whether they fit.
  init(expected checkpoint: Checkpoint, at path: String) {
    self.checkpoint = checkpoint
    self.path = path
    checksum = 0
  }

  /// Gives the weights to a trainer, except to the groups that begin anew.
  ///
  /// - Parameters:
  ///   - trainer: Whose weights are overwritten.
  ///   - prefixes: Beginnings of the names that keep their values.
  ///   - modules: The modules of the file that the network has others in place of.
  /// - Throws: ``CheckpointFileError`` where they do not fit; then nothing has changed.
  func load(
    into trainer: Trainer, fresh prefixes: [String], passingOver modules: [String]
  ) throws(CheckpointFileError) {
    do throws(CheckpointError) {
      try trainer.load(checkpoint, leavingOut: prefixes, passingOver: modules)
    } catch {
      throw CheckpointFileError(path: path, problem: error, hasFreshGroups: !prefixes.isEmpty)
    }
  }

  /// The weights as labels of a task: the file's name, and its content's CRC-32 in hexadecimal digits.
  var labels: [CurveHeader.Label] {
    let digits = String(checksum, radix: 16)
    return [
      .init("from", .string(path.split(separator: "/").last.map(String.init) ?? path)),
      .init("fromCRC32", .string(String(repeating: "0", count: 8 - digits.count) + digits)),
    ]
  }
}

/// What is wrong with a checkpoint, and which file it is.
struct CheckpointFileError: Error, CustomStringConvertible {
  let path: String
  let problem: CheckpointError
  /// Whether some groups begin anew already, which is advised otherwise.
  var hasFreshGroups = false

  var description: String {
    switch problem {
    case .unreadable, .unwritable: "\(problem)"
    case .misfit where !hasFreshGroups: "\(path): \(problem), with --fresh head for another last layer"
    default: "\(path): \(problem)"
    }
  }
}
