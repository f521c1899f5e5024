import Testing

@testable import DatasetKit

@Suite("Rules for labels")
struct LabelRuleTests {
  @Test(arguments: [
    ("folder", "cats/a.jpg", "cats"), ("folder", "train/cats/a.jpg", "cats"), ("folder", "a.jpg", nil),
    ("capital-initial", "cats/beagle_1.jpg", "dog"), ("capital-initial", "Abyssinian_1.jpg", "cat"),
    ("capital-initial", "Äbyssinian.jpg", "cat"), ("capital-initial", "1.jpg", "dog"),
    (#"^(.+)_\d+"#, "great_pyrenees_12.jpg", "great_pyrenees"), (#"^(.+)_\d+"#, "x/pug_1.jpg", "pug"),
    (#"^(.+)_\d+"#, "pug_1/other.jpg", nil), ("(a)|(b)", "b.jpg", nil), ("^(x*)", "a.jpg", nil),
    (#"(?<breed>[a-z]+)-"#, "pug-1.jpg", "pug"),
  ])
  func `A rule finds the class in a path`(_ rule: String, _ path: String, _ label: String?) throws {
    let rule = try LabelRule(parsing: rule)
    #expect(try LabelReader(rule).label(of: path) == label)
    #expect(try LabelRule(parsing: rule.description) == rule)
  }

  @Test(arguments: [
    ("", "no group"), ("abc", "no group"), ("(?:abc)", "no group"), (#"\(abc\)"#, "no group"),
    ("[(]", "no group"), ("(abc", "no regular expression"), ("*", "no regular expression"),
  ])
  func `What is no rule is refused in one line`(_ text: String, _ words: String) {
    #expect {
      try LabelRule(parsing: text)
    } throws: { "\($0)".contains(words) && !"\($0)".contains("\n") }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 100])
  func `Every stratum gives a fifth of it, rounded down, and nothing is lost`(_ count: Int) {
    let strata = (0..<count).map { _ in "a" } + (0..<7).map { _ in "b" }
    for seed in 0..<5 as Range<UInt64> {
      let split = StratifiedSplit(strata: strata, seed: seed)
      #expect((split.train + split.validation).sorted() == Array(0..<count + 7))
      #expect(split.train == split.train.sorted() && split.validation == split.validation.sorted())
      #expect(split.validation.count { $0 < count } == count / 5)
      #expect(split.validation.count { $0 >= count } == 1)
    }
  }

  @Test func `Seeds give different splits, and the order of names decides, not that of files`() {
    let strata = (0..<50).map { ["a", "b"][$0 % 2] }
    let splits = (0..<20 as Range<UInt64>).map { StratifiedSplit(strata: strata, seed: $0).validation }
    #expect(Set(splits).count == 20)
    // Every sample is held out sometimes.
    #expect(
      Set((0..<200 as Range<UInt64>).flatMap { StratifiedSplit(strata: strata, seed: $0).validation }).count
        == 50)
    #expect(StratifiedSplit(strata: strata, seed: 3).validation == splits[3])
  }
}
