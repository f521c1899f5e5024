import ArgumentParser
import DatasetKit
import ModelZoo

/// Which weights a training begins with, and the parameter groups, as typed.
struct WeightOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The weights to begin with: a file, safetensors or PyTorch's .pth or .th, or what suggest data fetch got: \
      \(PretrainedWeights.all.map(\.name).joined(separator: ", ")). (default: random ones)
      """,
      valueName: "checkpoint"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      """
      The groups that begin with random weights all the same, as head does for other classes than the \
      checkpoint's; may be repeated.
      """, valueName: "groups"))
  var fresh: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      A parameter group and the modules in it; may be repeated. What is in no group makes up the group body. \
      (default: head, the last layer, and body, the rest)
      """, valueName: "name=module,…"))
  var groups: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      The groups whose weights stay as they are, as in body; running statistics of batch norm still move. \
      May be repeated.
      """, valueName: "groups"))
  var freeze: [String] = []

  @Flag(help: "Train the batch norms' weights in frozen groups all the same, as fastai does.")
  var trainNorms = false

  @Option(
    help: ArgumentHelp(
      "What the learning rate is multiplied by in a group, as in body=0.1; may be repeated.",
      valueName: "group=factor"))
  var rateFactor: [String] = []

  /// The path of the weights to begin with: a file, or published weights by their name.
  ///
  /// - Throws: `DatasetError` where they are known but not here.
  func checkpoint() throws(DatasetError) -> String? {
    try from.map { name throws(DatasetError) in
      try PretrainedWeights.path(of: name, in: WeightFolders(environment: Console.current.dataVariables))
    }
  }

  /// The groups as typed; the network says later whether it has such modules.
  ///
  /// - Throws: ``UsageError``.
  func groupPlan() throws -> GroupPlan {
    if let fresh = fresh.first, from == nil {
      throw UsageError("--fresh \(fresh): without --from all weights are fresh")
    }
    var definitions: [GroupPlan.Definition] = []
    for text in groups {
      let (name, value) = try Self.split(text, option: "--groups", example: "head=fc")
      let modules = try Self.names(value, in: "--groups \(text)")
      guard !definitions.contains(where: { $0.name == name }) else {
        throw UsageError("--groups \(text): there are two groups \(name)")
      }
      definitions.append(.init(name: name, modules: modules))
    }
    var factors: [GroupPlan.Factor] = []
    for text in rateFactor {
      let (name, value) = try Self.split(text, option: "--rate-factor", example: "body=0.1")
      guard let factor = Double(value), factor > 0, factor.isFinite else {
        throw UsageError("--rate-factor \(text): the factor must be a positive number")
      }
      guard !factors.contains(where: { $0.group == name }) else {
        throw UsageError("--rate-factor \(text): \(name) has two factors")
      }
      factors.append(.init(group: name, value: factor, text: text))
    }
    let frozen = try freeze.flatMap { try Self.names($0, in: "--freeze \($0)") }
    let fresh = try fresh.flatMap { try Self.names($0, in: "--fresh \($0)") }
    guard !trainNorms || !frozen.isEmpty else {
      throw UsageError("--train-norms: without --freeze all norms train")
    }
    return GroupPlan(
      definitions: definitions, frozen: frozen, fresh: fresh, factors: factors, trainsNorms: trainNorms)
  }

  private static func split(_ text: String, option: String, example: String) throws -> (
    name: String, value: String
  ) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
      text.index(after: equals) < text.endIndex
    else { throw UsageError("\(option) \(text): expected a group, = and what it gets, as in \(example)") }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  private static func names(_ text: String, in option: String) throws -> [String] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else { throw UsageError("\(option): a name is missing beside a comma") }
    return names
  }
}
