/// How far from the middle of the fall's second quarter the best rate lies, in decades: the constants that `suggest learn` prints.
struct Factors {
  /// For the peak of a schedule, and for a rate that stays constant.
  let peak, constant: Double

  /// Calibrated on all families.
  static let all = Factors(peak: 0.25, constant: 0)
  /// Calibrated with one family left out, sorted.
  static let withoutFamily: [(family: String, factors: Factors)] = [
    ("adult", Factors(peak: 0.25, constant: 0)),
    ("breast-cancer", Factors(peak: 0.25, constant: 0)),
    ("california", Factors(peak: 0.35, constant: 0.05)),
    ("concrete", Factors(peak: 0.25, constant: 0)),
    ("diamonds", Factors(peak: 0.25, constant: 0)),
    ("digits", Factors(peak: 0.25, constant: 0)),
    ("dna", Factors(peak: 0.25, constant: 0)),
    ("fashion-mnist", Factors(peak: 0.2, constant: 0)),
    ("letter", Factors(peak: 0.15, constant: 0)),
    ("mnist", Factors(peak: 0.25, constant: 0)),
    ("satellite", Factors(peak: 0.2, constant: 0)),
    ("shakespeare", Factors(peak: 0.2, constant: 0)),
    ("shuttle", Factors(peak: 0.25, constant: 0)),
    ("spam", Factors(peak: 0.3, constant: 0)),
    ("vowel", Factors(peak: 0.2, constant: -0.05)),
    ("wine", Factors(peak: 0.25, constant: 0)),
  ]
}
