import Testing

@testable import CurveModel

/// Reads a whole text as one value.
func scanned(_ text: String) throws(CurveError) -> JSONValue { try scanned(Array(text.utf8)) }

func scanned(_ bytes: [UInt8]) throws(CurveError) -> JSONValue {
  try JSONScanner.scan(bytes) { (scanner) throws(CurveError) in
    let value = try scanner.value()
    guard scanner.isAtEnd() else { throw scanner.malformed("more text") }
    return value
  }
}

@Suite struct JSONScannerTests {
  @Test(
    "reads every kind of value",
    arguments: [
      ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("-1.5e2", .number(-150)),
      ("\"a\"", .string("a")), ("[]", .numbers([])), ("[1, 2.5 ,\n3]", .numbers([1, 2.5, 3])),
      ("[1,[2]]", .array([.number(1), .numbers([2])])), ("[true]", .array([.bool(true)])),
      ("{}", .object([])),
      ("{\"b\":1,\"a\":{}}", .object([.init("b", .number(1)), .init("a", .object([]))])),
    ] as [(String, JSONValue)])
  func values(text: String, value: JSONValue) throws { #expect(try scanned(text) == value) }

  @Test("reads Python's bare non-finite numbers, spelled ones and null in lists of numbers")
  func nonFinite() throws {
    #expect(try scanned("Infinity") == .number(.infinity))
    #expect(try scanned("-Infinity") == .number(-.infinity))
    guard case .number(let bare) = try scanned("NaN"), case .number(let negative) = try scanned("-NaN") else {
      Issue.record("NaN is no number")
      return
    }
    #expect(bare.isNaN && negative.isNaN)
    let list = "[1,NaN,Infinity,-Infinity,\"nan\",\"inf\",\"-inf\",null,\"Infinity\",\"-Infinity\",\"NaN\"]"
    guard case .numbers(let numbers) = try scanned(list) else {
      Issue.record("not a list of numbers")
      return
    }
    let infinity = Double.infinity
    let finiteOrInfinite = numbers.filter { !$0.isNaN }
    #expect(finiteOrInfinite == [1, infinity, -infinity, infinity, -infinity, infinity, -infinity])
    #expect(numbers.indices.filter { numbers[$0].isNaN } == [1, 4, 7, 10])
  }

  @Test("another string makes a list of mixed values, all of them kept")
  func mixedList() throws {
    #expect(try scanned("[1,\"x\",2]") == .array([.number(1), .string("x"), .number(2)]))
    #expect(try scanned("[\"inf\",\"x\"]") == .array([.string("inf"), .string("x")]))
  }

  @Test(
    "reads escapes and surrogate pairs; a lone surrogate becomes the replacement character",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041\u00e9\u4e2d""#, "Aé中"),
      (#""\ud83d\ude00""#, "😀"), (#""x\uD83D\uDE00y""#, "x😀y"), (#""\ud83d""#, "\u{fffd}"),
      (#""\ude00!""#, "\u{fffd}!"),
      (#""\ud83dA""#, "\u{fffd}A"), ("\"é中😀\"", "é中😀"), ("\"\"", ""), (#""\u0000""#, "\0"),
    ])
  func strings(text: String, value: String) throws { #expect(try scanned(text) == .string(value)) }

  @Test(
    "what is written is read again",
    arguments: ["", "a\"b\\c", "\n\r\t\u{1}\u{1f}\u{7f}", "é中😀", "\u{2028}", "\0"])
  func quotedStrings(_ text: String) throws {
    let literal = JSONValue.quoted(text)
    #expect(try scanned(literal) == .string(text))
    #expect(literal.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
  }

  @Test("what is written is read again, whole documents")
  func documents() throws {
    let value = JSONValue.object([
      .init("a b", .array([.null, .bool(true), .string("x"), .object([.init("", .numbers([]))])])),
      .init("n", .numbers([1, -0.5, .infinity, -.infinity, 1e-300])), .init("n", .number(3)),
      .init("t", .bool(false)),
    ])
    #expect(try scanned(value.text) == value)
    #expect(value["n"] == .numbers([1, -0.5, .infinity, -.infinity, 1e-300]))
    #expect(value["missing"] == nil)
  }

  @Test(
    "names line and column of what is wrong",
    arguments: [
      ("", 1, 1), ("x", 1, 1), ("[1,\n 2,\n  x]", 3, 3), ("{\"a\" 1}", 1, 6), ("{\"a\":1,}", 1, 8),
      ("{a:1}", 1, 2),
      ("[1 2]", 1, 4), ("tru", 1, 1), ("[nan]", 1, 2), ("-", 1, 1), ("+1", 1, 1), (".5", 1, 1), ("1.", 1, 3),
      ("1.e5", 1, 3), ("1e", 1, 3), ("1e+", 1, 4), ("01", 1, 1), ("-01", 1, 2), ("0x10", 1, 2), ("1 2", 1, 3),
      ("\"a\nb\"", 1, 3), ("\"\\x\"", 1, 4), ("\"\\u12G4\"", 1, 4), ("\"\\u+123\"", 1, 4),
      ("\"\\u12\"", 1, 4),
      ("\"abc", 1, 5), ("\"\\", 1, 3), ("-nan", 1, 1),
    ])
  func places(text: String, line: Int, column: Int) {
    let error = #expect(throws: CurveError.self) { try scanned(text) }
    guard case .malformedJSON(let foundLine, let foundColumn, let problem)? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
    #expect(foundLine == line && foundColumn == column, "\(problem)")
    #expect(!problem.isEmpty && !problem.contains("\n"))
  }

  @Test("64 levels are read, 65 and 100,000 are an error", arguments: [("[", "]"), ("{\"a\":", "}")])
  func depth(open: String, close: String) throws {
    func nested(_ levels: Int) -> String {
      String(repeating: open, count: levels - 1) + (open == "[" ? "[]" : "{}")
        + String(repeating: close, count: levels - 1)
    }
    _ = try scanned(nested(64))
    for levels in [65, 100_000] {
      let error = #expect(throws: CurveError.self) { try scanned(nested(levels)) }
      #expect(error?.description.contains("levels deep") == true)
    }
  }

  @Test("every truncation of a document is an error that names a place in it")
  func truncations() {
    let document =
      #"{"a":[1,-2.5e-3,"nan",null],"é😀":{"x":"A\ud83d\ude00\n","t":[true,[],{}]},"n":NaN,"i":-Infinity}"#
    let bytes = Array(document.utf8)
    #expect(throws: Never.self) { try scanned(bytes) }
    var wrong: [Int] = []
    for length in 0..<bytes.count {
      do throws(CurveError) {
        _ = try scanned(Array(bytes.prefix(length)))
        wrong.append(length)
      } catch {
        guard case .malformedJSON(1, let column, _) = error, (1...length + 1).contains(column) else {
          wrong.append(length)
          continue
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("a message about a member with a line break in its name is one line")
  func oneLine() {
    let error = #expect(throws: CurveError.self) { try scanned(#"{"a\nb" 1}"#) }
    #expect(error?.description.contains("\n") == false)
  }
}
