package import DocumentFiles

/// A list of named stages, each a range test or a training; `docs/workflow-files.md` describes the file.
package struct Workflow: Sendable {
  /// The name, which becomes part of a folder's.
  package let name: String
  /// The stages in their order; at least one.
  package let stages: [WorkflowStage]
  /// The file, as the caller named it.
  package let path: String

  /// The stage of a name.
  package subscript(name: String) -> WorkflowStage? { stages.first { $0.name == name } }
}

/// The commands that stages stand for.
package enum StageCommand: String, CaseIterable, Sendable {
  /// `suggest record`.
  case record
  /// `suggest train`.
  case train
}

/// A stage with everything that defaults gave it.
package struct WorkflowStage: Sendable {
  /// The name, which its files have too.
  package let name: String
  /// What it does.
  package let command: StageCommand
  /// Where the file says so.
  package let position: FilePosition
  /// Its options, in the order in which the command's help lists them.
  package let options: [StageOption]

  /// The option of a name.
  package subscript(name: String) -> StageOption? { options.first { $0.name == name } }
}

/// An option of a stage with its value.
package struct StageOption: Equatable, Sendable {
  /// The long name, without hyphens before it.
  package let name: String
  /// The values: none of a flag, several only where the option may be repeated.
  package let values: [String]
  /// Where the value comes from.
  package let origin: ValueOrigin

  /// An option with its values.
  package init(name: String, values: [String], origin: ValueOrigin) {
    self.name = name
    self.values = values
    self.origin = origin
  }
}

/// Where a value was written.
package enum ValueOrigin: Equatable, Sendable {
  /// In the workflow file.
  case file(FilePosition)
  /// Behind `--set`, as typed.
  case typed(String)
}

/// What is wrong with a stage, and which value is to blame.
package struct StageProblem: Error, Equatable {
  /// The value that is to blame.
  package let origin: ValueOrigin
  /// One clause: what is wrong, and what to write instead.
  package let text: String

  /// A problem of a value.
  package init(_ origin: ValueOrigin, _ text: String) {
    self.origin = origin
    self.text = text
  }

  /// One sentence that begins with the place in the file at `path`, or with the setting as typed.
  package func sentence(in path: String) -> String {
    switch origin {
    case .file(let position): DocumentError(FileProblem(position, text), in: path).description
    case .typed(let setting): "--set \(setting): \(text)"
    }
  }
}

/// A value behind `--set` that is wrong.
package struct SettingError: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String
}
