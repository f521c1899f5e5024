internal import TrainingEngine

/// The modules that the names of a network's parameters stand for.
enum ModuleNames {
  /// What the last layer, or the layers in its place, are called.
  static let head = "head"

  /// What a network for other classes has anew: the module `head`, else the last layer with parameters.
  static func head(of network: Network) -> String {
    let last = network.parameters.last?.name ?? ""
    return isName(last, in: head) ? head : parent(of: last) ?? last
  }

  /// Whether a parameter is, or is in, the module.
  static func isName(_ name: String, in module: String) -> Bool {
    name == module || name.hasPrefix(module + ".")
  }

  /// The fewest modules, or single parameters, that hold exactly these parameters.
  static func covering(_ parameters: [String], of network: Network) -> [String] {
    let others = Set(network.parameters.map(\.name)).subtracting(parameters)
    var modules: [String] = []
    for name in parameters where !modules.contains(where: { isName(name, in: $0) }) {
      var widest = name
      while let wider = parent(of: widest), !others.contains(where: { isName($0, in: wider) }) {
        widest = wider
      }
      modules.append(widest)
    }
    return modules
  }

  /// Every module of the parameters, outermost first.
  static func all(of names: [String]) -> [String] {
    var modules: [String] = []
    for name in names {
      var chain: [String] = []
      var module = parent(of: name)
      while let inner = module {
        chain.insert(inner, at: 0)
        module = parent(of: inner)
      }
      for module in chain where !modules.contains(module) { modules.append(module) }
    }
    return modules
  }

  private static func parent(of name: String) -> String? {
    name.lastIndex(of: ".").map { String(name[..<$0]) }
  }
}
