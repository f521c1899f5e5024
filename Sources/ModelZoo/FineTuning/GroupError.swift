/// Why a network does not have the parameter groups that were asked for.
public struct GroupError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was asked for.
  public enum Setting: Sendable {
    case groups, fresh, freeze, rateFactor, schedule
  }

  /// What cannot be had.
  public let setting: Setting
  /// The option of the command line that asks for it, with its value; nil where no single one does.
  public let option: String?
  /// One clause: what is wrong, and what there is.
  public let problem: String

  init(_ setting: Setting, _ option: String?, _ problem: String) {
    self.setting = setting
    self.option = option
    self.problem = problem
  }

  /// One sentence, as the command line says it.
  public var description: String { (option.map { "\($0): " } ?? "") + problem }
}
