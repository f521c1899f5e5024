import ArgumentParser
import CurveModel
import ExperimentStore
import Spelling

/// Which curve to read, as typed.
struct CurveOptions: ParsableArguments {
  @Option(help: "The number of points the range test was asked for, where the file does not say it.")
  var numIt: Int?

  @Option(help: "The parameter group whose rates to read, counted from 0, where the file has several.")
  var group: Int?

  @OptionGroup var store: StoreOptions

  @Argument(
    help:
      "A curve: suggest's own, JSON of fastai, Lightning, pytorch-lr-finder or Ignite, or CSV; - for standard input."
  )
  var curve: String?

  func validate() throws {
    if let numIt, numIt < 1 { throw ValidationError("--num-it \(numIt): it must be at least 1") }
    if let group, group < 0 { throw ValidationError("--group \(group): groups are counted from 0") }
  }

  /// The same options for another curve.
  func with(_ path: String) -> CurveOptions {
    var other = self
    other.curve = path
    return other
  }

  /// Reads the curve: the named file, else what is piped in, else the newest curve of the store.
  ///
  /// Warnings about the file go to standard error.
  func read(_ console: Console) throws -> NamedCurve {
    let (source, bytes) = try input(console)
    do throws(CurveError) {
      let reading = try CurveReading.read(bytes, group: group, requestedPoints: numIt)
      for warning in reading.warnings { console.report("warning: \(source): \(warning)") }
      return NamedCurve(source: source, curve: reading.curve, warnings: reading.warnings)
    } catch {
      switch error {
      case .needsGroup, .noSuchGroup: throw error
      default: throw CurveFileError(source: source, problem: error)
      }
    }
  }

  private func input(_ console: Console) throws -> (source: String, bytes: [UInt8]) {
    if let curve, curve != "-" { return (curve, try bytes(at: curve)) }
    if let piped = try console.pipedInput() { return ("standard input", piped) }
    if curve == "-" { throw UsageError("nothing is piped to standard input: pipe a curve, or name a file") }
    let newest = try store.resolved(console).newestCurve()
    return (newest, try InputFile.bytes(at: newest))
  }

  /// The bytes of a file; a missing one may be a command that was mistyped.
  private func bytes(at path: String) throws -> [UInt8] {
    do throws(InputError) {
      return try InputFile.bytes(at: path)
    } catch {
      let isWord = !path.isEmpty && path.allSatisfy { $0.isLetter }
      guard case .missing = error, isWord, let meant = nearestNames(to: path, among: Subcommands.names).first
      else {
        throw error
      }
      throw InputError.missing(path: "\(path); did you mean the command suggest \(meant)?")
    }
  }
}
