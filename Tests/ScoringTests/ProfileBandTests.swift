import Testing

@testable import Scoring

struct ProfileBandTests {
  @Test func `A band holds the profile between its ends, and families that agree leave no width`() throws {
    let alike = try #require(ProfileBand(Array(repeating: [0.01, 0.1], count: 10)))
    for (index, threshold) in RegretProfile.thresholds.enumerated() {
      let share = threshold < 0.01 ? 0 : threshold < 0.1 ? 0.5 : 1.0
      #expect(alike.low[index] == share && alike.high[index] == share)
    }
    let sheet = try Scorer(ScorerSettings(draws: 0)).score(SampleEvidence().tables)
    for profile in sheet.profiles {
      guard let band = sheet.profileBand(of: profile.contestant) else { continue }
      for place in profile.shares.indices {
        #expect(band.low[place] <= profile.shares[place] && profile.shares[place] <= band.high[place])
      }
    }
  }

  /// Half of 40 families have regret 0.01, half 1: the share below 0.1 is binomial, 0.5 ± 1.96 · √(0.25/40).
  @Test func `Its width is that of drawing families`() throws {
    let families = (0..<40).map { [$0 % 2 == 0 ? 0.01 : 1] }
    let band = try #require(ProfileBand(families, draws: 4000))
    let place = try #require(RegretProfile.thresholds.firstIndex { $0 >= 0.1 })
    #expect(abs(band.low[place] - (0.5 - 0.155)) < 0.026)
    #expect(abs(band.high[place] - (0.5 + 0.155)) < 0.026)
  }

  @Test func `Seven families have no band`() {
    #expect(ProfileBand(Array(repeating: [0.1], count: 7)) == nil)
  }
}
