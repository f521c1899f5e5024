/// A description such as `sgd(momentum: 0.9, nesterov: false)`, taken apart.
struct SettingsText {
  let name: String
  private var settings: [(name: Substring, value: Substring)]

  /// Reads `name` or `name(key: value, …)`; nil where the text is something else.
  init?(_ text: String) {
    guard let open = text.firstIndex(of: "(") else {
      guard !text.isEmpty else { return nil }
      (name, settings) = (text, [])
      return
    }
    guard text.last == ")", open > text.startIndex else { return nil }
    name = String(text[..<open])
    settings = []
    var rest = text[text.index(after: open)...].dropLast()
    while !rest.isEmpty {
      guard let colon = rest.firstIndex(of: ":") else { return nil }
      let key = rest[..<colon]
      let value = rest[colon...].dropFirst().drop { $0 == " " }
      // A list keeps its commas.
      let end =
        value.first == "[" ? value.firstIndex(of: "]").map(value.index(after:)) : value.firstIndex(of: ",")
      settings.append((key, value[..<(end ?? value.endIndex)]))
      rest = value[(end ?? value.endIndex)...].drop { $0 == "," || $0 == " " }
    }
  }

  /// The names of all settings, in their order.
  var keys: [String] { settings.map { String($0.name) } }

  /// A number; nil where it is missing or none.
  func number(_ name: String) -> Double? {
    settings.first { $0.name == name }.flatMap { Double($0.value) }
  }

  /// A truth value; nil where it is missing or none.
  func truth(_ name: String) -> Bool? {
    settings.first { $0.name == name }.flatMap { Bool(String($0.value)) }
  }

  /// A list of numbers; nil where it is missing or none.
  func numbers(_ name: String) -> [Double]? {
    guard let text = settings.first(where: { $0.name == name })?.value, text.first == "[", text.last == "]"
    else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ",")
    let numbers = parts.compactMap { Double($0.drop { $0 == " " }) }
    return numbers.count == parts.count ? numbers : nil
  }
}

extension OptimizerConfiguration {
  /// Reads a ``description`` back; nil where it is none, or of an optimizer with other settings.
  public init?(describing text: String) {
    guard let settings = SettingsText(text), let found = Self.read(settings), found.description == text
    else { return nil }
    self = found
  }

  private static func read(_ text: SettingsText) -> OptimizerConfiguration? {
    let decay = text.number("weightDecay") ?? .nan
    let momentum = text.number("momentum") ?? .nan
    let epsilon = text.number("epsilon") ?? .nan
    let betas = (text.number("beta1") ?? .nan, text.number("beta2") ?? .nan)
    let square = text.number("squareMomentum") ?? .nan
    return switch text.name {
    case "sgd": .sgd(momentum: momentum, weightDecay: decay, nesterov: text.truth("nesterov") ?? false)
    case "adam": .adam(beta1: betas.0, beta2: betas.1, epsilon: epsilon, weightDecay: decay)
    case "adamw": .adamW(beta1: betas.0, beta2: betas.1, epsilon: epsilon, weightDecay: decay)
    case "rmsprop":
      .rmsProp(decay: text.number("decay") ?? .nan, epsilon: epsilon, momentum: momentum, weightDecay: decay)
    case "adagrad": .adagrad(epsilon: epsilon, weightDecay: decay)
    case "radam": .rAdam(beta1: betas.0, beta2: betas.1, epsilon: epsilon, weightDecay: decay)
    case "nadam":
      .nAdam(
        beta1: betas.0, beta2: betas.1, epsilon: epsilon, momentumDecay: text.number("momentumDecay") ?? .nan,
        weightDecay: decay)
    case "lion": .lion(beta1: betas.0, beta2: betas.1, weightDecay: decay)
    case "lamb": .lamb(momentum: momentum, squareMomentum: square, epsilon: epsilon, weightDecay: decay)
    case "fastai-adam":
      .fastaiAdam(momentum: momentum, squareMomentum: square, epsilon: epsilon, weightDecay: decay)
    default: SelfTuning(text).map(OptimizerConfiguration.selfTuning)
    }
  }
}

extension SchedulePlan {
  /// Reads a ``description`` back; nil where it is none.
  public init?(describing text: String) {
    guard let settings = SettingsText(text), let kind = ScheduleKind(rawValue: settings.name) else {
      return nil
    }
    self.init(
      kind: kind, finalRate: settings.number("finalRate"), warmUp: settings.number("warmUp") ?? 0,
      milestones: settings.numbers("milestones") ?? Self.standardMilestones)
    guard description == text else { return nil }
  }
}
