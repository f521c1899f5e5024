/// The named tensors within the object that a pickle built.
struct StateDictionary {
  /// A tensor and the keys that lead to it from the outermost container.
  private struct Entry {
    var path: [String]
    let tensor: PickleGraph.TensorReference
  }

  /// The tensors by name, in the pickle's order.
  let entries: [(name: String, tensor: PickleGraph.TensorReference)]

  /// Names under which a state dictionary usually lies when others hold tensors too (an optimizer's, averaged
  /// weights): PyTorch's tutorials and Lightning, fastai and timm.
  private static let usualNames = ["state_dict", "model_state_dict", "model"]
  /// A state dictionary wrapped and nested deeper than any that the frameworks write.
  private static let depthLimit = 16
  /// The most containers and items to visit; a container that others share counts every time.
  private static let visitLimit = 1 << 22

  /// Finds the state dictionary of a pickle.
  ///
  /// Containers around it are passed through while one entry alone holds tensors or has a usual name; containers inside
  /// it name their tensors by path, joined by dots.
  init(_ graph: PickleGraph) throws(CheckpointError) {
    var found: [Entry] = []
    var visits = 0
    try Self.collect(graph.root, at: [], in: graph, into: &found, visits: &visits)
    guard !found.isEmpty else { throw .noTensors }
    while found.allSatisfy({ $0.path.count > 1 }) {
      let names = Self.distinct(found.map { $0.path[0] })
      guard let name = names.count == 1 ? names[0] : Self.usualNames.first(where: names.contains) else {
        throw .severalStateDictionaries(names: names)
      }
      found = found.filter { $0.path[0] == name }.map {
        Entry(path: Array($0.path.dropFirst()), tensor: $0.tensor)
      }
    }
    entries = found.map { ($0.path.joined(separator: "."), $0.tensor) }
  }

  private static func collect(
    _ value: PickleGraph.Value, at path: [String], in graph: PickleGraph, into found: inout [Entry],
    visits: inout Int
  ) throws(CheckpointError) {
    visits += 1
    guard visits <= visitLimit else { throw .tooLarge(quantity: "nested values", limit: visitLimit) }
    guard path.count <= depthLimit else {
      throw .tooLarge(quantity: "levels of containers", limit: depthLimit)
    }
    switch value {
    case .tensor(let index): found.append(Entry(path: path, tensor: graph.tensors[index]))
    case .sequence(let index):
      for (position, item) in graph.sequences[index].enumerated() {
        try collect(item, at: path + ["\(position)"], in: graph, into: &found, visits: &visits)
      }
    case .dictionary(let index):
      for (key, item) in graph.dictionaries[index] {
        try collect(item, at: path + [text(of: key)], in: graph, into: &found, visits: &visits)
      }
    case .none, .bool, .integer, .longInteger, .double, .string, .storage, .global: break
    }
  }

  /// How a key appears in a name: state dictionaries have texts and whole numbers as keys, nothing else.
  private static func text(of key: PickleGraph.Value) -> String {
    switch key {
    case .string(let text): text
    case .integer(let number): "\(number)"
    default: "?"
    }
  }

  private static func distinct(_ names: [String]) -> [String] {
    var known: Set<String> = []
    return names.filter { known.insert($0).inserted }
  }
}
