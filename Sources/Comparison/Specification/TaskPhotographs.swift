internal import CurveModel
public import DatasetKit
internal import ImageCodec

/// How a task's photographs become samples.
///
/// Two are the same where the options are, wherever the photographs lie; which photographs they are, the task's
/// ``TaskSpecification/dataVersion`` says.
public struct TaskPhotographs: Hashable, Sendable {
  /// How photographs become samples; ``PhotographOptions/labels`` is never nil.
  public let options: PhotographOptions
  /// The folder, as the comparison file names it; nil of a registered data set.
  public let folder: String?
  /// Where the folder was when the comparison was read; nil of a registered data set.
  public let place: String?

  /// Describes samples.
  public init(options: PhotographOptions, folder: String? = nil, place: String? = nil) {
    self.options = options
    self.folder = folder
    self.place = place
  }

  /// Whether both make the same samples of the same photographs.
  public static func == (left: Self, right: Self) -> Bool { left.options == right.options }

  /// Hashes the options.
  public func hash(into hasher: inout Hasher) { hasher.combine(options) }
}

extension PhotographOptions {
  /// Reads ``taskLabels`` back; nil where a task has no photographs of its own choices.
  ///
  /// - Throws: ``PlanError`` where they make no sense.
  init?(taskLabels labels: JSONValue, scaling: PixelScaling) throws(PlanError) {
    guard let seed = labels["splitSeed"]?.string, let augmentation = labels["augmentation"]?.string else {
      return nil
    }
    func rule(_ name: String) throws(PlanError) -> LabelRule? {
      guard let text = labels[name]?.string else { return nil }
      do throws(LabelRuleError) {
        return try LabelRule(parsing: text)
      } catch {
        throw .badLine("\(error)")
      }
    }
    guard let splitSeed = UInt64(seed), let augmentation = Augmentation(rawValue: augmentation),
      let side = labels["size"]?.integer, Self.sides.contains(side)
    else { throw .badLine("its task has a size, split or augmentation that this program does not know") }
    self.init(
      labels: try rule("labels"), strata: try rule("strata"), side: side, splitSeed: splitSeed,
      augmentation: augmentation, scaling: scaling)
  }
}
