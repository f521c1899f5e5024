internal import CurveModel
internal import DatasetKit
internal import ModelZoo

/// The weights that a task of fine-tuning begins with, and which groups of parameters begin anew or stay as they are.
///
/// Two are the same where the content of the weights and the groups are, whatever the file is called and wherever it lies.
public struct TaskStart: Hashable, Sendable {
  /// The SHA-256 of the weights' file, in hexadecimal digits.
  public let sha256: String
  /// The groups that begin with random weights all the same, sorted.
  public let fresh: [String]
  /// The groups whose weights stay as they are, sorted.
  public let frozen: [String]
  /// What the comparison file calls the weights: a registered name, or the path of a file.
  public let name: String
  /// Where the file was when the comparison was read; nil where nobody has looked.
  public let path: String?

  /// Describes a beginning.
  public init(sha256: String, fresh: [String], frozen: [String], name: String, path: String?) {
    self.sha256 = sha256
    self.fresh = Set(fresh).sorted()
    self.frozen = Set(frozen).sorted()
    self.name = name
    self.path = path
  }

  /// The registered name of the weights; nil of others.
  public var registeredName: String? { PretrainedWeights.all.first { $0.checksum == sha256 }?.name }

  /// The beginning as labels of a task.
  var labels: [JSONValue.Member] {
    (registeredName.map { [.init("from", .string($0))] } ?? []) + [.init("fromSHA256", .string(sha256))]
      + (fresh.isEmpty ? [] : [.init("fresh", .string(Self.text(fresh)))])
      + (frozen.isEmpty ? [] : [.init("freeze", .string(Self.text(frozen)))])
  }

  /// Names of groups as `--fresh` takes them.
  static func text(_ groups: [String]) -> String { groups.joined(separator: ",") }
  /// Reads ``text(_:)`` back; an empty name where one is missing beside a comma.
  static func groups(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// The parameter groups that this asks of a network.
  var groupPlan: GroupPlan { GroupPlan(frozen: frozen, fresh: fresh) }

  /// The weights: of the file where it was, else where published weights are looked for.
  ///
  /// - Throws: `DatasetError` of published weights that are not here, `CheckpointFileError`, or
  ///   ``MaterialsError/otherWeights(path:expected:found:)``.
  func weights(in folders: WeightFolders) throws -> StartingWeights {
    let typed = path ?? name
    let known = PretrainedWeights.isFile(typed) ? typed : registeredName ?? typed
    let weights = try StartingWeights(path: PretrainedWeights.path(of: known, in: folders))
    guard weights.sha256 == sha256 else {
      throw MaterialsError.otherWeights(path: weights.path, expected: sha256, found: weights.sha256)
    }
    return weights
  }

  /// Whether both begin alike.
  public static func == (left: Self, right: Self) -> Bool {
    left.sha256 == right.sha256 && left.fresh == right.fresh && left.frozen == right.frozen
  }

  /// Hashes what decides how a training begins.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sha256)
    hasher.combine(fresh)
    hasher.combine(frozen)
  }
}
