import CurveSmoothing

/// Which samples of a curve belong to its descent: after a spike at the beginning, before the blow-up at the end.
///
/// It judges running medians, which no single outlier moves, against the level of the first samples and the noise of
/// the first third, where the rate has hardly any effect yet.
struct UsableRange {
  /// The samples of the descent.
  let range: Range<Int>
  /// The loss level before the descent: the median of the first samples.
  let startLevel: Double
  /// The number of samples the level is the median of.
  let levelPoints: Int

  /// A loss that exceeds the start level by a quarter of the fall so far, beyond its noise, has blown up.
  private static let shareOfFall = 0.25
  /// How many standard deviations of a single loss count as beyond the noise.
  private static let noiseReach = 4.0
  private static let medianWindow = 5

  /// - Throws: ``Abstention`` if too few samples are left.
  init(of samples: CurveSamples) throws(Abstention) {
    levelPoints = min(max(samples.count / 6, 5), 60)
    startLevel = median(Array(samples.losses.prefix(levelPoints)))
    let early = 0..<max(samples.count / 3, Descent.fewestPoints)
    let noise = noiseLevel(of: Array(samples.losses[early]), log10Rates: Array(samples.log10Rates[early]))
    let losses = Outline(
      medians: try Self.runningMedians(samples), level: startLevel, levelPoints: levelPoints,
      beyondNoise: Self.noiseReach * noise)
    let untrimmed = try losses.rangeWithoutBlowUp(shareOfFall: Self.shareOfFall)
    range = untrimmed.lowerBound..<losses.endOfBasin(untrimmed)
    if range.count < Descent.fewestPoints {
      throw Abstention(
        .tooFewPoints,
        "only \(range.count) points lie before the loss blows up: raise the rate more slowly, or start lower")
    }
  }

  private static func runningMedians(_ samples: CurveSamples) throws(Abstention) -> [Double] {
    do throws(SmoothingError) {
      return try RobustSmoother(.median, windowLength: medianWindow)
        .smooth(samples.losses, log10Rates: samples.log10Rates).values
    } catch {
      throw Abstention(.other, "the curve cannot be smoothed: \(error)")
    }
  }
}

/// The running medians of a curve, its level before the descent, and how far noise reaches.
private struct Outline {
  let medians: [Double]
  let level: Double
  /// Only what comes after these first samples has fallen below their median: a loss that rises from the start begins
  /// below it.
  let levelPoints: Int
  let beyondNoise: Double

  /// A fall of so small a share of the rise behind it is none.
  private static let noFall = 1e-3

  /// The samples between a first spike and the blow-up.
  ///
  /// - Throws: ``Abstention`` if the curve blows up at once.
  func rangeWithoutBlowUp(shareOfFall: Double) throws(Abstention) -> Range<Int> {
    var lowest = level
    var firstRise: (index: Int, fallBefore: Double, height: Double)?
    var lastRise = -1
    for (index, loss) in medians.enumerated() {
      if index >= levelPoints { lowest = min(lowest, loss) }
      let fall = level - lowest
      guard loss > level + shareOfFall * fall + beyondNoise else { continue }
      if fall > beyondNoise { return lastRise + 1..<index }
      firstRise = firstRise ?? (index, fall, loss - lowest)
      lastRise = index
    }
    guard let firstRise else { return 0..<medians.count }
    // Had anything come below the level afterwards, the rise would have been a spike; so it is the blow-up.
    if medians[(lastRise + 1)...].contains(where: { $0 < level - beyondNoise }) {
      return lastRise + 1..<medians.count
    }
    guard firstRise.index < Descent.fewestPoints else { return 0..<firstRise.index }
    guard firstRise.fallBefore <= Self.noFall * firstRise.height else {
      throw Abstention(
        .tooFewPoints,
        "the loss falls and rises again within \(firstRise.index + 1) points, too few to tell a fall from noise: raise the "
          + "rate more slowly")
    }
    throw Abstention(
      .blowsUpFirst, "the loss rises without having fallen: start the range test at a lower rate")
  }

  /// Where, right of the lowest median, the loss has come half of the way back up.
  ///
  /// The beginning of a blow-up would bend the smoothed minimum.
  func endOfBasin(_ range: Range<Int>) -> Int {
    guard let bottom = range.min(by: { medians[$0] < medians[$1] }) else { return range.upperBound }
    let fall = level - medians[bottom]
    guard fall > 0 else { return range.upperBound }
    let edge = medians[bottom] + fall / 2 + beyondNoise
    return (bottom..<range.upperBound).first { medians[$0] > edge } ?? range.upperBound
  }
}
