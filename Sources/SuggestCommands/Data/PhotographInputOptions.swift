public import ArgumentParser
public import DatasetKit
import ImageCodec

/// How photographs become samples, as typed; shared by every command that reads them.
struct PhotographInputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      #"""
      How a photograph's class is found: folder, the name of its folder; capital-initial, a cat where the file's name \#
      has one, else a dog; or a regular expression whose first group finds the class in the file's name, such as \#
      '^(.+)_\d+'. (default: the data set's own rule, else folder)
      """#, valueName: "rule"))
  var labels: String?

  @Option(
    help: ArgumentHelp(
      """
      What every part of the split has its share of, by a rule as --labels has. (default: the data set's own rule, \
      else the classes)
      """, valueName: "rule"))
  var stratify: String?

  @Option(help: ArgumentHelp("The pixels of a sample's sides. (default: 224)", valueName: "pixels"))
  var size: Int?

  @Option(help: "Which split into training and validation photographs is taken. (default: 0)")
  var splitSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      """
      What training changes in photographs at random: none; crop, which square along the longer side is seen; \
      crop-flip, also left and right. (default: crop-flip)
      """, valueName: "none|crop|crop-flip"))
  var augment: PhotographOptions.Augmentation?

  /// The options that were typed, such as `--size`.
  var typed: [String] {
    [
      labels.map { _ in "--labels" }, stratify.map { _ in "--stratify" }, size.map { _ in "--size" },
      splitSeed.map { _ in "--split-seed" },
      augment.map { _ in "--augment" },
    ].compactMap(\.self)
  }

  /// Makes sure that no option is typed for data that are no photographs.
  ///
  /// - Parameter dataset: a name, or the path of a folder.
  /// - Throws: ``UsageError``, or `DatasetError.unknownDataset`.
  func check(dataset: String) throws {
    guard let option = typed.first, try !Dataset.isPhotographs(dataset) else { return }
    throw UsageError("\(option): \(dataset) is no data set of photographs; leave \(option) out")
  }

  /// The choices, with the defaults where nothing was typed.
  ///
  /// - Parameter scaling: how the model's weights want their inputs.
  /// - Throws: ``UsageError``.
  func options(scaling: PixelScaling = .imageNet) throws -> PhotographOptions {
    let sides = PhotographOptions.sides
    if let size, !sides.contains(size) {
      throw UsageError("--size \(size): it must be \(sides.lowerBound) to \(sides.upperBound) pixels")
    }
    let standard = PhotographOptions()
    return PhotographOptions(
      labels: try labels.map { try Self.rule($0, option: "--labels") },
      strata: try stratify.map { try Self.rule($0, option: "--stratify") }, side: size ?? standard.side,
      splitSeed: splitSeed ?? standard.splitSeed, augmentation: augment ?? standard.augmentation,
      scaling: scaling)
  }

  private static func rule(_ text: String, option: String) throws -> LabelRule {
    do throws(LabelRuleError) {
      return try LabelRule(parsing: text)
    } catch {
      throw UsageError("\(option) \(error)")
    }
  }
}

extension PhotographOptions.Augmentation: ExpressibleByArgument {}
