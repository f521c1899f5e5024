import CurveSmoothing

/// Which samples of a curve belong to its descent: after a spike at the beginning, before the blow-up at the end.
struct UsableRange {
  /// The samples of the descent.
  let range: Range<Int>
  /// The loss level before the descent.
  let startLevel: Double
  /// The number of samples the level is the median of.
  let levelPoints: Int

  /// A loss that exceeds the start level by a quarter of the fall so far, beyond its noise, has blown up.
  private static let shareOfFall = 0.25
  /// How many standard deviations of a single loss count as beyond the noise.
  private static let noiseReach = 6.0
  private static let medianWindow = 5

  /// - Throws: ``Abstention`` if too few samples are left.
  init(of samples: CurveSamples) throws(Abstention) {
    let count = samples.count
    let levelPoints = min(max(count / 20, 3), 20)
    let level = median(Array(samples.losses.prefix(levelPoints)))
    let medians = try Self.runningMedians(samples)
    // The first third is mostly before the descent, where the noise is that of the batches alone.
    let early = max(count / 3, Descent.fewestPoints)
    let noise = noiseLevel(
      of: Array(samples.losses.prefix(early)), log10Rates: Array(samples.log10Rates.prefix(early)))
    let beyondNoise = Self.noiseReach * noise

    var lowest = level
    var start = 0
    var end = count
    var firstRise: Int?
    for index in 0..<count {
      lowest = min(lowest, medians[index])
      let fall = level - lowest
      guard medians[index] > level + Self.shareOfFall * fall + beyondNoise else { continue }
      if fall > beyondNoise {
        end = index
        break
      }
      start = index + 1
      if firstRise == nil { firstRise = index }
    }
    end = Self.endOfBasin(medians, start..<end, level: level, beyondNoise: beyondNoise)
    // A rise that nothing falls below afterwards is no spike but the blow-up itself.
    if let firstRise, !medians[start...].contains(where: { $0 < level - beyondNoise }) {
      guard firstRise >= Descent.fewestPoints else { throw Self.risesFirst }
      start = 0
      end = firstRise
    }
    if end - start < Descent.fewestPoints {
      throw Abstention(
        .tooFewPoints,
        "only \(end - start) points lie before the loss blows up: raise the rate more slowly, or start lower")
    }
    range = start..<end
    startLevel = level
    self.levelPoints = levelPoints
  }

  /// Where, right of the lowest running median, the loss has come half of the way back up: a blow-up that only begins
  /// would bend the smoothed minimum.
  private static func endOfBasin(_ medians: [Double], _ range: Range<Int>, level: Double, beyondNoise: Double)
    -> Int
  {
    guard let bottom = range.min(by: { medians[$0] < medians[$1] }) else { return range.upperBound }
    let lowest = medians[bottom]
    let edge = lowest + (level - lowest) / 2 + beyondNoise
    guard lowest < level - beyondNoise else { return range.upperBound }
    return (bottom..<range.upperBound).first { medians[$0] > edge } ?? range.upperBound
  }

  static let risesFirst = Abstention(
    .blowsUpFirst, "the loss rises without having fallen: start the range test at a lower rate")

  private static func runningMedians(_ samples: CurveSamples) throws(Abstention) -> [Double] {
    do throws(SmoothingError) {
      return try RobustSmoother(.median, windowLength: medianWindow)
        .smooth(samples.losses, log10Rates: samples.log10Rates).values
    } catch {
      throw Abstention(.other, "the curve cannot be smoothed: \(error)")
    }
  }
}
