/// The words of a model's name, taken from the front: each family takes the words that it knows in its own order, and
/// the name is its own if none remain.
public struct NameWords: Sendable {
  private var rest: ArraySlice<Substring>

  /// The widest layer that a name may ask for: a million units would be a slip of the keyboard.
  static let largestNumber = 65_536

  /// Splits a name at its hyphens.
  public init(_ name: String) {
    rest = name.split(separator: "-", omittingEmptySubsequences: false)[...]
  }

  /// Whether every word has been taken.
  public var isEmpty: Bool { rest.isEmpty }

  /// Takes the next word if it is this one.
  public mutating func take(_ word: String) -> Bool {
    guard let next = rest.first, next == word else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes the last word if it is this one.
  public mutating func takeLast(_ word: String) -> Bool {
    guard let last = rest.last, last == word else { return false }
    rest.removeLast()
    return true
  }

  /// Takes the next word if it is one of these; they are tried in order.
  public mutating func take<Choice>(oneOf choices: [(word: String, value: Choice)]) -> Choice? {
    guard let next = rest.first, let choice = choices.first(where: { $0.word == next }) else { return nil }
    rest.removeFirst()
    return choice.value
  }

  /// Takes the next word if it is `prefix` and a whole number from 1 to 65,536.
  public mutating func takeNumber(after prefix: String = "") -> Int? {
    guard let next = rest.first, next.hasPrefix(prefix) else { return nil }
    let digits = next.dropFirst(prefix.count)
    guard digits.first != "0", digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits),
      (1...Self.largestNumber).contains(number)
    else { return nil }
    rest.removeFirst()
    return number
  }

  /// Takes all whole numbers that come next; nil where there are none.
  public mutating func takeNumbers() -> [Int]? {
    var numbers: [Int] = []
    while let number = takeNumber() { numbers.append(number) }
    return numbers.isEmpty ? nil : numbers
  }

  /// Takes the next word if it is `prefix` and a decimal number such as 0.2, at least 0.0001 and below 1.
  public mutating func takeShare(after prefix: String) -> Double? {
    guard let next = rest.first, next.hasPrefix(prefix) else { return nil }
    let digits = next.dropFirst(prefix.count)
    // Smaller numbers are printed with an exponent, whose minus sign would end the word.
    guard digits.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber }), let share = Double(digits),
      share >= 1e-4, share < 1
    else { return nil }
    rest.removeFirst()
    return share
  }
}
