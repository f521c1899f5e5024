/// How far above halfway the best rate lies, in decades: the constants that `suggest learn` prints.
struct Factors {
  /// For the peak of a schedule, and for a rate that stays constant.
  let peak, constant: Double

  /// Calibrated on all families.
  static let all = Factors(peak: -0.15, constant: -0.4)
  /// Calibrated with one family left out, sorted.
  static let withoutFamily: [(family: String, factors: Factors)] = [
    ("adult", Factors(peak: -0.1, constant: -0.4)),
    ("breast-cancer", Factors(peak: -0.1, constant: -0.4)),
    ("california", Factors(peak: -0.05, constant: -0.35)),
    ("concrete", Factors(peak: -0.15, constant: -0.4)),
    ("diamonds", Factors(peak: -0.15, constant: -0.4)),
    ("digits", Factors(peak: -0.1, constant: -0.4)),
    ("dna", Factors(peak: -0.1, constant: -0.35)),
    ("fashion-mnist", Factors(peak: -0.15, constant: -0.4)),
    ("letter", Factors(peak: -0.2, constant: -0.4)),
    ("mnist", Factors(peak: -0.15, constant: -0.4)),
    ("satellite", Factors(peak: -0.15, constant: -0.4)),
    ("shakespeare", Factors(peak: -0.15, constant: -0.4)),
    ("shuttle", Factors(peak: -0.15, constant: -0.4)),
    ("spam", Factors(peak: -0.1, constant: -0.4)),
    ("vowel", Factors(peak: -0.15, constant: -0.45)),
    ("wine", Factors(peak: -0.15, constant: -0.4)),
  ]
}
