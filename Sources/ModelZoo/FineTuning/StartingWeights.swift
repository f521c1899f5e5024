internal import Archives
public import TrainingEngine

/// The weights of a file that a training begins with; kept in memory for any number of trainings.
public struct StartingWeights: Sendable {
  /// The file.
  public let path: String
  /// The CRC-32 of its content; 0 of a file that is yet to be.
  public let checksum: UInt32
  /// The SHA-256 of its content, in hexadecimal digits; empty of a file that is yet to be.
  public let sha256: String
  private let checkpoint: Checkpoint

  /// Reads the file.
  ///
  /// - Throws: ``CheckpointFileError``.
  public init(path: String) throws(CheckpointFileError) {
    let bytes: [UInt8]
    do throws(CheckpointError) {
      bytes = try WholeFile.read(path, sizeLimit: Checkpoint.defaultSizeLimit)
      checkpoint = try Checkpoint(bytes: bytes)
    } catch {
      throw CheckpointFileError(path: path, problem: error)
    }
    checksum = Checksum.crc32(bytes)
    sha256 = SHA256Hash.hexadecimal(of: bytes)
    self.path = path
  }

  /// The weights that a file will hold, to find out beforehand whether they fit.
  public init(expected checkpoint: Checkpoint, at path: String) {
    self.checkpoint = checkpoint
    self.path = path
    checksum = 0
    sha256 = ""
  }

  /// Gives the weights to a trainer, except to the groups that begin anew.
  ///
  /// - Parameters:
  ///   - trainer: Whose weights are overwritten.
  ///   - groups: The network's groups; those that are fresh keep their values.
  ///   - modules: The modules of the file that the network has others in place of.
  /// - Throws: ``CheckpointFileError`` where they do not fit; then nothing has changed.
  public func load(
    into trainer: Trainer, groups: [ResolvedGroup], passingOver modules: [String]
  ) throws(CheckpointFileError) {
    let prefixes = groups.filter(\.isFresh).flatMap { $0.prefixes(in: trainer.network) }
    do throws(CheckpointError) {
      try trainer.load(checkpoint, leavingOut: prefixes, passingOver: modules)
    } catch {
      throw CheckpointFileError(path: path, problem: error, hasFreshGroups: !prefixes.isEmpty)
    }
  }
}

/// What is wrong with a checkpoint, and which file it is.
public struct CheckpointFileError: Error, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let problem: CheckpointError
  /// Whether some groups begin anew already, which is advised otherwise.
  public let hasFreshGroups: Bool

  init(path: String, problem: CheckpointError, hasFreshGroups: Bool = false) {
    self.path = path
    self.problem = problem
    self.hasFreshGroups = hasFreshGroups
  }

  /// One sentence, as the command line says it.
  public var description: String {
    switch problem {
    case .unreadable, .unwritable: "\(problem)"
    case .misfit where !hasFreshGroups: "\(path): \(problem), with --fresh head for another last layer"
    default: "\(path): \(problem)"
    }
  }
}
