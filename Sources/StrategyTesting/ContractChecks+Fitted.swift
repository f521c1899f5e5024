import CurveModel
import StrategyKit

extension ContractCheck {
  static let leavesFamiliesOut = ContractCheck("names the families its fit saw, and leaves any of them out") {
    strategy in
    guard let fitted = strategy as? any FittedStrategy.Type else { return [] }
    let families = fitted.fittedFamilies
    var found = families.isEmpty ? ["it names no family that its fit saw"] : []
    if families != Set(families).sorted() { found.append("its families are not sorted, or named twice") }
    // A family that no fit saw: leaving it out changes nothing.
    let unknown = "none-of-" + families.joined(separator: "-")
    for sample in SampleCurve.all {
      let context = SuggestionContext()
      let own = Result { try fitted.init().suggestion(for: sample.curve, in: context) }
      let same = Result {
        try fitted.init().suggestion(for: sample.curve, in: context, leavingOut: unknown)
      }
      if "\(own)" != "\(same)" {
        found.append("leaving out a family it never saw changes the answer for \"\(sample.name)\"")
      }
      for family in families {
        do throws(StrategyError) {
          _ = try fitted.init().suggestion(for: sample.curve, in: context, leavingOut: family)
        } catch {
          found.append("without \(family) it fails on the curve \"\(sample.name)\": \(error)")
        }
      }
    }
    return found
  }
}
