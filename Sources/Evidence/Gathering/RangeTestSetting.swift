public import CurveModel
public import ExperimentStore

/// The setting of a range test in a few words: scores compare strategies within one setting.
public enum RangeTestSetting {
  /// Such as `1e-7…10, 100 steps`, from what a record says, else from its rates.
  public static func text(of record: RunRecord, _ curve: LossCurve) -> String {
    if let settings = record["rangeTest"], let start = settings["start"]?.double,
      let end = settings["end"]?.double, let steps = settings["iterations"]?.integer
    {
      return "\(number(start))…\(number(end)), \(steps) steps"
    }
    return text(of: curve.learningRates, requested: curve.requestedPoints ?? curve.count)
  }

  /// From the rates alone: the last one is not known where a sweep was stopped early, so that only the first rate and the
  /// number of steps are named.
  static func text(of rates: [Double], requested: Int) -> String {
    "from \(number(rates[0])), \(requested) steps"
  }

  private static func number(_ value: Double) -> String { JSONValue.text(of: value) }
}
