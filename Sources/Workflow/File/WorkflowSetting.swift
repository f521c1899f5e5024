/// A value behind `--set`: `KEY=VALUE` for a default, `STAGE.KEY=VALUE` for a stage's option.
package struct WorkflowSetting: Equatable, Sendable {
  /// The stage, or `record` or `train` for all stages that do so; nil for all stages.
  package let scope: String?
  /// The option.
  package let key: String
  /// Its value.
  package let value: String
  /// What was typed.
  package let text: String

  /// Reads a setting: the key ends at the first equals sign, and a stage's name at the first dot before it.
  ///
  /// - Throws: ``SettingError``.
  package init(_ text: String) throws(SettingError) {
    guard let equals = text.firstIndex(of: "=") else { throw Self.malformed(text) }
    let parts = text[..<equals].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let key = parts.last, parts.allSatisfy({ !$0.isEmpty }) else { throw Self.malformed(text) }
    scope = parts.count > 1 ? String(parts[0]) : nil
    self.key = String(key)
    value = String(text[text.index(after: equals)...])
    self.text = text
  }

  private static func malformed(_ text: String) -> SettingError {
    SettingError(
      description:
        "--set \(text): expected KEY=VALUE for all stages or STAGE.KEY=VALUE for one, as in seed=3 or fine-tune.epochs=2"
    )
  }
}
