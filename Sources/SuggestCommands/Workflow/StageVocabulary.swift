import ArgumentParser
import CurveModel
import Workflow

/// The keys of stages: the options of the commands they stand for, as those commands declare them.
enum StageVocabulary {
  /// The key that names the stage whose range test a strategy reads; the workflow's own.
  static let rateSource = "lr-from"

  /// The keys of every command.
  static let all: [StageCommand: OptionVocabulary] = [
    .record: OptionVocabulary(
      options(of: RecordCommand.self),
      reserved: [
        "store": "the curve is kept beside the workflow's other files",
        "plot": "the picture is drawn beside the workflow's other files",
        "format": "the suggestions are kept as JSON",
        "seeds": "a stage records one range test; make a stage for each seed",
      ]),
    .train: OptionVocabulary(
      options(of: TrainCommand.self) + [.init(rateSource)],
      reserved: [
        "store": "a strategy reads the range test of an earlier stage",
        "save": "every stage's weights are saved under its name; later stages begin with them by from: STAGE",
        "format": "the result is kept as JSON",
        "export": "every stage's learning curve is exported under its name",
        "report": "every stage's report is written under its name",
      ]),
  ]

  /// The options as the parser describes them to tools.
  private static func options(of command: any ParsableCommand.Type) -> [OptionVocabulary.Option] {
    let description = try? JSONValue(parsing: Array(command._dumpHelp().utf8))
    return (description?["command"]?["arguments"]?.values ?? []).compactMap { argument in
      guard let name = argument["preferredName"]?["name"]?.string, !["help", "version"].contains(name),
        let kind = argument["kind"]?.string, kind != "positional"
      else { return nil }
      return OptionVocabulary.Option(
        name, isFlag: kind == "flag", isRepeating: argument["isRepeating"] == .bool(true))
    }
  }
}
