import StrategyKit
import Testing

@Suite struct ParameterValuesTests {
  private static let width = Parameter("width", default: 0.5, in: 0.1...2, "Width, in decades.")
  private static let points = Parameter("points", default: 5, in: 1...9, "Number of points.")
  private static let rule = Parameter("rule", default: "mean", oneOf: ["mean", "median"], "What is taken.")
  private static let strict = Parameter(
    "strict", default: false, oneOf: [false, true], "Whether doubts count.")
  private static let descriptor = StrategyDescriptor(
    name: "sample", version: "1", summary: "A sample.", meantFor: .unknown, source: "These tests",
    parameters: [width.description, points.description, rule.description, strict.description])
  private static let bare = StrategyDescriptor(
    name: "bare", version: "1", summary: "A sample.", meantFor: .unknown, source: "These tests")

  private func values(_ typed: (String, String)...) throws(ParameterError) -> ParameterValues {
    try ParameterValues(typed.map { (name: $0.0, text: $0.1) }, for: Self.descriptor)
  }

  @Test("every default holds until it is replaced")
  func defaults() throws {
    let none = try values()
    #expect(
      none[Self.width] == 0.5 && none[Self.points] == 5 && none[Self.rule] == "mean" && !none[Self.strict])
    #expect(none == ParameterValues())
    let some = try values(("rule", "median"), ("width", "1e-1"), ("points", "9"), ("strict", "true"))
    #expect(
      some[Self.width] == 0.1 && some[Self.points] == 9 && some[Self.rule] == "median" && some[Self.strict])
    let context = SuggestionContext(parameters: some)
    #expect(context[Self.width] == 0.1)
  }

  @Test("a later value replaces an earlier one")
  func laterWins() throws {
    #expect(try values(("points", "2"), ("points", "7"))[Self.points] == 7)
  }

  @Test("an unknown parameter is named with those there are")
  func unknown() {
    #expect(
      throws: ParameterError.unknown(
        strategy: "sample", name: "height", known: ["width", "points", "rule", "strict"])
    ) { try values(("points", "2"), ("height", "1")) }
    #expect(throws: ParameterError.unknown(strategy: "bare", name: "width", known: [])) {
      try ParameterValues([(name: "width", text: "1")], for: Self.bare)
    }
  }

  @Test(
    "an ill-typed value is named with the type that is expected",
    arguments: [
      ("width", "wide", "a number"), ("width", "", "a number"), ("width", "nan", "a number"),
      ("width", "inf", "a number"), ("points", "2.5", "a whole number"), ("points", "two", "a whole number"),
      ("strict", "yes", "true or false"),
    ])
  func illTyped(name: String, text: String, type: String) {
    let expected = ParameterError.wrongType(strategy: "sample", name: name, text: text, expected: type)
    #expect(throws: expected) { try values((name, text)) }
    #expect(expected.description.contains("sample.\(name)=\(text)") && expected.description.contains(type))
  }

  @Test(
    "a value outside its range is named with the range",
    arguments: [
      ("width", "0.09", "0.1 to 2.0"), ("width", "2.1", "0.1 to 2.0"), ("points", "0", "1 to 9"),
      ("points", "10", "1 to 9"), ("rule", "mode", "mean, median"),
    ])
  func outOfRange(name: String, text: String, allowed: String) {
    #expect(throws: ParameterError.outOfRange(strategy: "sample", name: name, text: text, allowed: allowed)) {
      try values((name, text))
    }
  }

  @Test("the messages are one line and say what there is")
  func messages() {
    let unknown = ParameterError.unknown(strategy: "sample", name: "height", known: ["width", "points"])
    #expect(unknown.description.contains("height") && unknown.description.contains("width, points"))
    #expect(
      ParameterError.unknown(strategy: "bare", name: "x", known: []).description.contains("no parameters"))
    let range = ParameterError.outOfRange(strategy: "s", name: "n", text: "9", allowed: "1 to 3")
    #expect(range.description.contains("s.n=9") && range.description.contains("1 to 3"))
  }

  @Test("a parameter describes itself")
  func descriptions() {
    let description = Self.width.description
    #expect(
      description.name == "width" && description.typeName == "a number" && description.defaultText == "0.5")
    #expect(description.allowed == "0.1 to 2.0" && description.summary == "Width, in decades.")
  }
}
