/// One task as a bootstrap sees it: several numbers (columns), each for every range test and for every way in which its
/// training seeds can be drawn.
struct ResampledTask: Sendable {
  /// The task's family of data sets, from 0.
  let family: Int
  /// How many range tests there are; at least 1.
  let rangeTests: Int
  /// The ways to draw the training seeds.
  let multisets: SeedMultisets
  /// The numbers, by multiset (slow), range test and column (fast).
  let values: [Double]
  /// The numbers with every seed once, by column: means over range tests.
  let observed: [Double]
}
