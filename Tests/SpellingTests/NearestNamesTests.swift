import Spelling
import Testing

@Suite struct NearestNamesTests {
  static let names = [
    "min10", "steepest", "valley", "slide", "fastai-minimum", "fastai-steep", "fastai-valley",
  ]

  @Test(
    "the nearest name comes first: letters missing, added, replaced or exchanged",
    arguments: [
      ("steepst", "steepest"), ("vallley", "valley"), ("slime", "slide"), ("min1", "min10"),
      ("slied", "slide"), ("fastai-vally", "fastai-valley"), ("valley", "valley"),
    ])
  func nearest(typed: String, meant: String) {
    #expect(nearestNames(to: typed, among: Self.names).first == meant)
  }

  @Test("part of a name finds the names it is part of, the shortest first")
  func contained() {
    #expect(nearestNames(to: "steep", among: Self.names) == ["steepest", "fastai-steep"])
    #expect(nearestNames(to: "valley-2", among: Self.names).first == "valley")
  }

  @Test("at most three, and of equally near ones the first of the list")
  func atMostThree() {
    #expect(
      nearestNames(to: "fastai", among: ["fastai-d", "fastai-c", "fastai-bb", "fastai-a"]) == [
        "fastai-d", "fastai-c", "fastai-a",
      ])
  }

  @Test(
    "half of the letters may differ, rounded up, and no more",
    arguments: [
      ("abxx", "abcd", true), ("axxx", "abcd", false), ("mpl", "mlp", true), ("xxp", "mlp", true),
      ("xxx", "mlp", false),
    ])
  func halfOfTheLetters(typed: String, name: String, isNear: Bool) {
    #expect(nearestNames(to: typed, among: [name]) == (isNear ? [name] : []))
  }

  @Test("nothing is near nothing, nor among nothing", arguments: ["", "qqqqqqqqqqqqqqqqqqqq"])
  func nothingNear(typed: String) {
    #expect(nearestNames(to: typed, among: Self.names) == [])
    #expect(nearestNames(to: typed, among: []) == [])
  }

  @Test func `A single letter that is wrong, missing or too much leaves only what is so near`() {
    let names = ["digits", "magic", "pendigits"]
    for typed in ["digit", "digitss", "digitz"] {
      #expect(nearestNames(to: typed, among: names) == ["digits"])
    }
    #expect(nearestNames(to: "digi", among: names).first == "digits")
  }
}
