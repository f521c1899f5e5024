import Comparison
import CurveModel
import DatasetKit
import Evidence
import ExperimentStore
import Glibc
import Learning
import ModelZoo
import Reporting
import Scoring
import StrategyKit
import StrategyRegistry
import TrainingEngine
import Workflow

/// The exit codes of the program; those from 64 on are those of `sysexits.h`.
public enum ExitStatus: Int32, Sendable {
  /// Done, with at least one suggestion where suggestions were asked for.
  case done = 0
  /// Every strategy abstained, or the training diverged: nothing failed, but there is nothing to use.
  case abstained = 3
  /// The command line is wrong.
  case usage = 64
  /// The data cannot be used.
  case unusableData = 65
  /// A file, data set or curve is missing.
  case missingInput = 66
  /// A plugin or an external program is missing or failed.
  case unavailable = 69
  /// A mistake of this program.
  case internalError = 70
  /// A file or folder cannot be created or written.
  case cannotCreate = 73
  /// Reading or writing failed half-way.
  case inputOutput = 74
  /// A comparison ended with runs that failed as often as they were tried.
  case unresolved = 75
  /// Ended by SIGINT; what was recorded is kept.
  case interrupted = 130
  /// Ended by SIGTERM; what was recorded is kept.
  case terminated = 143

  /// The exit code of a run that a signal ended.
  init(signal: Int32) { self = signal == Interruption.terminate ? .terminated : .interrupted }

  /// The exit code an error leads to.
  init(for error: any Error) {
    self =
      switch error {
      case let error as CurveError: Self.status(of: error)
      case let error as StoreError: Self.status(of: error)
      case let error as DatasetError: Self.status(of: error)
      case let error as ReportingError: Self.status(of: error)
      case let error as WorkflowFolderError: Self.status(of: error)
      case let error as StageError: error.status
      case is SettingError: .usage
      case is UsageError, is UnknownStrategy, is ParameterError, is ModelZooError, is GroupError: .usage
      case is UnfinishedWorkflow: .missingInput
      case is ChangedStageFile: .unusableData
      case TrainingEngineError.unknownOptimizer, TrainingEngineError.unsuitableInput: .usage
      case is DestinationError: .cannotCreate
      case let error as CheckpointError: Self.status(of: error)
      case let error as CheckpointFileError: Self.status(of: error.problem)
      case is CurveFileError: .unusableData
      case InputError.readFailed: .inputOutput
      case is InputError: .missingInput
      case EvidenceError.strategyFailed: .unavailable
      case ScoringError.unknownReference: .usage
      case is EvidenceError, is ScoringError, is ExportError, is LearningError: .unusableData
      case is ComparisonFileError, is PlanError, is PlanLineError, is MaterialsError: .unusableData
      case ExecutorError.cannotStart: .unavailable
      case ExecutorError.workerGaveUp(let status, _): ExitStatus(rawValue: status) ?? .internalError
      case is StrategyError: .unavailable
      case is OutputError: .inputOutput
      default: .internalError
      }
  }

  private static func status(of error: CurveError) -> Self {
    switch error {
    case .cannotCreate: .cannotCreate
    case .writeFailed: .inputOutput
    case .needsGroup, .noSuchGroup, .badSchedule: .usage
    default: .unusableData
    }
  }

  private static func status(of error: StoreError) -> Self {
    switch error {
    case .noCurve, .noStore, .cannotRead: .missingInput
    case .damaged, .newerFormat, .damagedLine, .conflict: .unusableData
    case .notAStore, .alreadyThere: .cannotCreate
    case .unwritableRecord: .internalError
    case .cannotWrite(_, let reason): cannotWrite(reason)
    }
  }

  private static func status(of error: DatasetError) -> Self {
    switch error {
    case .unknownDataset, .folderWithoutSlash, .unsuitableModel: .usage
    case .missing, .missingWeights, .unreadable: .missingInput
    case .damaged, .wrongChecksum, .wrongWeights, .unknownArchive, .unsuitableFolder: .unusableData
    case .programMissing, .programFailed, .unreachable: .unavailable
    case .cannotWrite(_, let reason): cannotWrite(reason)
    case .noCache: .cannotCreate
    }
  }

  private static func status(of error: CheckpointError) -> Self {
    switch error {
    case .unreadable: .missingInput
    case .unwritable(_, let reason): cannotWrite(reason)
    default: .unusableData
    }
  }

  private static func status(of error: ReportingError) -> Self {
    switch error {
    case .unsupportedFormat: .usage
    case .programMissing, .programFailed: .unavailable
    case .cannotWrite(_, let reason): cannotWrite(reason)
    }
  }

  private static func status(of error: WorkflowFolderError) -> Self {
    switch error {
    case .notAWorkflow, .otherWorkflow, .busy: .cannotCreate
    case .damaged, .newerFormat, .noWorkflow: .unusableData
    case .nothingThere, .cannotRead: .missingInput
    case .cannotWrite(_, let reason): cannotWrite(reason)
    }
  }

  /// A full disk is an input/output failure; everything else that forbids writing is found when a file is created.
  private static func cannotWrite(_ reason: String) -> Self {
    [ENOSPC, EDQUOT, EIO].contains { String(cString: strerror($0)) == reason } ? .inputOutput : .cannotCreate
  }
}

/// Thrown by a command that has said everything and ends with this code.
extension ExitStatus: Error {}

/// A mistake on the command line that no parser sees.
struct UsageError: Error, Equatable, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
