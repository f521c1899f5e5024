public import CurveModel
internal import DatasetKit

/// What people call a task beyond data set, model, optimizer, batch size, schedule and steps.
public enum TaskTitle {
  /// The words for how a task begins and how its photographs become samples; none where it has neither.
  ///
  /// - Parameter labels: The task's labels, as they stand in records.
  public static func words(for labels: [JSONValue.Member]) -> [String] {
    func text(_ name: String) -> String? {
      guard let value = labels.first(where: { $0.name == name })?.value else { return nil }
      return value.string ?? value.integer.map { "\($0)" }
    }
    var words: [String] = []
    if let sha256 = text("fromSHA256") {
      words.append("from \(text("from") ?? String(sha256.prefix(shownDigits)))")
      words += ["fresh", "freeze"].compactMap { name in text(name).map { "\(name) \($0)" } }
    }
    // Whoever brings outcomes of others may call something else a size.
    guard let augmentation = text("augmentation"), let seed = text("splitSeed") else { return words }
    let standard = PhotographOptions()
    if let size = text("size") { words.append("size \(size)") }
    if let rule = text("labels") { words.append("labels \(rule)") }
    if let rule = text("strata") { words.append("stratify \(rule)") }
    if seed != "\(standard.splitSeed)" { words.append("split-seed \(seed)") }
    if augmentation != standard.augmentation.rawValue { words.append("augment \(augmentation)") }
    return words
  }

  /// Enough of a hash to tell a few files apart.
  private static let shownDigits = 8
}
