import CurveModel

/// The facts about a task as people read them.
enum TaskLabelText {
  private static let names = [
    "dataset": "Data set", "model": "Model", "optimizer": "Optimizer",
    "optimizerSettings": "Settings of the optimizer", "batchSize": "Batch size", "loss": "Loss",
    "parameters": "Parameters", "batchesPerStep": "Batches a step", "clipNorm": "Longest gradient",
    "from": "Began with", "fromCRC32": "CRC-32 of that file", "groups": "Parameter groups",
    "suggest": "Program", "instructionSet": "Instruction set", "openblas": "OpenBLAS",
    "openblasCore": "OpenBLAS core", "threads": "Threads", "exact": "Exact convolutions",
    "size": "Pixels a side", "splitSeed": "Seed of the split", "augmentation": "Changed at random",
    "labels": "Classes by", "strata": "Stratified by",
    "photographs": "Photographs", "photographVersion": "Version of the photographs",
  ]

  /// What a label is called; one that is not known keeps its name.
  static func name(_ label: String) -> String { names[label] ?? label }

  /// What a label says.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .bool(let isSo): isSo ? "yes" : "no"
    case .array(let values): values.map(text).joined(separator: ", ")
    case .object(let members): group(members) ?? value.text
    case .null, .number, .numbers: value.text
    }
  }

  /// A parameter group: its name, and what is special about it.
  private static func group(_ members: [JSONValue.Member]) -> String? {
    guard case .string(let name)? = JSONValue.object(members)["name"] else { return nil }
    let notes = members.compactMap { member -> String? in
      switch (member.name, member.value) {
      case ("frozen", .bool(true)): "frozen"
      case ("trainsNorms", .bool(true)): "but for its norms"
      case ("fresh", .bool(true)): "fresh"
      case ("rateFactor", let factor): "rate × \(factor.text)"
      default: nil
      }
    }
    return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: ", ")))"
  }
}
