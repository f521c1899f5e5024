internal import Glibc
internal import Spelling

/// Why a data set could not be loaded or got.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No data set has this name.
  case unknownDataset(name: String, available: [String])
  /// No data set has this name, but a folder where the program runs, which is named by a path.
  case folderWithoutSlash(name: String)
  /// A file of the data set is in none of the folders.
  case missing(dataset: String, file: String, searched: [String], remedy: String)
  /// A file exists but cannot be read.
  case unreadable(path: String, reason: String)
  /// A file's content is not what it should be.
  case damaged(path: String, detail: String)
  /// A folder of photographs has no classes or samples to learn from.
  case unsuitableFolder(path: String, reason: String)
  /// The network does not take the set's samples or does not give what they need.
  case unsuitableModel(dataset: String, model: String, requirement: String)
  /// A file that was got or found is not the one that is known.
  case wrongChecksum(path: String, expected: String, found: String)
  /// A file or address does not hold published weights that were to be had of it; `source` does.
  case wrongWeights(origin: String, name: String, expected: String, found: String, source: String)
  /// An archive is none of those that are known of a data set.
  case unknownArchive(path: String, reason: String, known: [String])
  /// None of the addresses of a data set or of weights could be downloaded; `alternative` is what to do without them.
  case unreachable(name: String, complaints: [String], alternative: String)
  /// Published weights are not here.
  case missingWeights(name: String, searched: [String], remedy: String)
  /// A program that gets or converts data sets is not installed.
  case programMissing(name: String, purpose: String)
  /// A program that gets or converts data sets ended with an error.
  case programFailed(name: String, purpose: String, message: String)
  /// A folder or file of the cache cannot be written.
  case cannotWrite(path: String, reason: String)
  /// Neither the environment variable nor a home says where to keep what is fetched.
  case noCache(variable: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unknownDataset(let name, let available):
      "there is no data set \"\(name)\": use \(Self.suggestions(for: name, among: available))"
    case .folderWithoutSlash(let name):
      "there is no data set \"\(name)\", but a folder \(name): say ./\(name)"
    case .missing(let dataset, let file, let searched, let remedy):
      "data set \(dataset) lacks \(file) (looked in \(searched.joined(separator: ", "))): \(remedy)"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason)\(Self.advice(on: reason))"
    case .damaged(let path, let detail):
      "\(path) is damaged: \(detail); install or fetch it again"
    case .unsuitableFolder(let path, let reason):
      "\(path) is no data set: \(reason)"
    case .unsuitableModel(let dataset, let model, let requirement):
      "the model \(model) does not suit the data set \(dataset): \(requirement); choose another model"
    case .wrongChecksum(let path, let expected, let found):
      "\(path) has the SHA-256 \(found), not \(expected); delete it and fetch it again"
    case .wrongWeights(let origin, let name, let expected, let found, let source):
      "\(origin) is not \(name)'s weights (its SHA-256 is \(found), not \(expected)); take the file from \(source)"
    case .unknownArchive(let path, let reason, let known):
      "\(path) is not what is known (\(reason)): take \(known.joined(separator: ", or ")); or unpack it yourself and "
        + "name its folder"
    case .unreachable(let name, let complaints, let alternative):
      "\(name) could not be downloaded (\(complaints.joined(separator: "; "))): check the network and try again, which "
        + "goes on where it ended; or \(alternative)"
    case .missingWeights(let name, let searched, let remedy):
      "the weights \(name) are not here (looked in \(searched.joined(separator: ", "))): \(remedy)"
    case .programMissing(let name, let purpose):
      "the program \(name) is missing, which is needed to \(purpose): install it, or fetch with --from"
    case .programFailed(let name, let purpose, let message):
      "the program \(name) could not \(purpose): \(message); check the network, and try again or fetch with --from"
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason); free space there, or set SUGGEST_DATA or SUGGEST_WEIGHTS to a folder that can be written"
    case .noCache(let variable):
      "there is no place to keep what is fetched, for neither \(variable) nor XDG_CACHE_HOME nor HOME is set: "
        + "set \(variable) to a folder"
    }
  }

  /// What to do about a file that cannot be read: its permissions are nothing to check where it does not exist.
  private static func advice(on reason: String) -> String {
    switch reason {
    case String(cString: strerror(ENOENT)), String(cString: strerror(ENOTDIR)): "; check its path"
    case String(cString: strerror(EACCES)): "; check its permissions"
    default: ""
    }
  }

  private static func suggestions(for name: String, among available: [String]) -> String {
    let nearest = nearestNames(to: name, among: available)
    return nearest.isEmpty
      ? available.joined(separator: ", ")
      : nearest.joined(separator: " or ") + "; suggest data list names all"
  }
}
