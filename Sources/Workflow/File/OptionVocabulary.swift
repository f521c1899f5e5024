/// The keys that a stage may have: the long names of a command's options.
package struct OptionVocabulary: Sendable {
  /// An option of the command.
  package struct Option: Sendable {
    /// The long name, without hyphens before it.
    package let name: String
    /// Whether it has no value.
    package let isFlag: Bool
    /// Whether it may have several values.
    package let isRepeating: Bool

    /// Describes an option.
    package init(_ name: String, isFlag: Bool = false, isRepeating: Bool = false) {
      self.name = name
      self.isFlag = isFlag
      self.isRepeating = isRepeating
    }
  }

  /// The options in the order of the command's help.
  package let options: [Option]
  /// Options that the workflow itself gives, with what to say to those who write them.
  package let reserved: [String: String]

  /// The options of a command, those that the workflow gives not among them.
  package init(_ options: [Option], reserved: [String: String] = [:]) {
    self.options = options.filter { reserved[$0.name] == nil }
    self.reserved = reserved
  }

  /// The option of a name.
  package subscript(name: String) -> Option? { options.first { $0.name == name } }

  /// All names.
  package var names: [String] { options.map(\.name) }
}
