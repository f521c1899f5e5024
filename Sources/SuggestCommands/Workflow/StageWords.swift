import CurveModel
import Workflow

/// A stage as arguments of its command.
struct StageWords {
  let stage: WorkflowStage
  let start: PlannedStage.Start
  let folder: WorkflowFolder

  /// An option with its value, if it has one.
  typealias Argument = (name: String, value: String?)

  /// The stage's own options.
  ///
  /// - Parameter rate: What a strategy decided; nil leaves the rate as it was written.
  func options(rate: Double? = nil) -> [Argument] {
    stage.options.flatMap { option -> [Argument] in
      switch option.name {
      case StageVocabulary.rateSource: return []
      case "set" where rate != nil: return []
      case "lr" where rate != nil: return [("lr", rate.map { "\($0)" })]
      case "from":
        guard case .stage(let earlier) = start else { break }
        return [("from", folder.weights(of: earlier))]
      default: break
      }
      return option.values.isEmpty ? [(option.name, nil)] : option.values.map { (option.name, $0) }
    }
  }

  /// The options as words, weights of earlier stages by their name in the folder: the same wherever that lies.
  func recorded(rate: Double?) -> [String] {
    options(rate: rate).flatMap { argument in
      guard argument.name == "from", case .stage(let earlier) = start else {
        return ["--\(argument.name)"] + (argument.value.map { [$0] } ?? [])
      }
      return ["--from", "\(earlier).safetensors"]
    }
  }

  /// The options with those that the workflow gives, as the command parses them.
  func arguments(rate: Double? = nil) -> [String] {
    let given: [Argument] =
      switch stage.command {
      case .record: [("store", folder.unfinished), ("format", "json")]
      case .train:
        [
          ("store", folder.unfinished), ("format", "json"),
          ("save", "\(folder.unfinished)/\(stage.name).safetensors"),
        ] + results
      }
    return (options(rate: rate) + given).map { argument in
      argument.value.map { "--\(argument.name)=\($0)" } ?? "--\(argument.name)"
    }
  }

  /// The learning curve and the report of a training.
  private var results: [Argument] {
    [("export", "csv"), ("report", "html")].map { ($0, "\(folder.unfinished)/\(stage.name).\($1)") }
  }

  /// The command as a person types it, without what the workflow gives but for the weights it saves.
  func command(rate: Double? = nil, asking: String? = nil) -> String {
    var text = "suggest \(stage.command.rawValue)"
    for argument in options(rate: rate) {
      if argument.name == "set", stage.command == .train, asking != nil { continue }
      if argument.name == "lr", let asking {
        text += " --lr \(asking)"
        continue
      }
      text += " " + ShellWords.text(of: ["--\(argument.name)"] + (argument.value.map { [$0] } ?? []))
    }
    guard stage.command == .train else { return text }
    return text + " " + ShellWords.text(of: ["--save", folder.weights(of: stage.name)])
  }
}
