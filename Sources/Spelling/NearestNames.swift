/// Up to three of `names` that are closest in spelling to `name`, the closest first; of equally close ones those that
/// stand first in `names`.
///
/// A name is near if it contains `name` or is contained in it, or if at most half of its letters, rounded up,
/// must change. How near it is, is the number of letters to insert, delete or replace (Levenshtein 1966). A slip of a
/// single letter is taken for one: names further away are not near then.
package func nearestNames(to name: String, among names: [String]) -> [String] {
  let ranked = names.enumerated().compactMap {
    position, candidate -> (distance: Int, position: Int, name: String)? in
    let contained = !name.isEmpty && (candidate.contains(name) || name.contains(candidate))
    let distance = editDistance(name, candidate)
    return contained || distance <= (candidate.count + 1) / 2 ? (distance, position, candidate) : nil
  }
  let sorted = ranked.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }
  let slips = sorted.prefix { $0.distance == 1 }
  return (slips.isEmpty ? sorted[...] : slips).prefix(3).map(\.name)
}

/// The number of letters to insert, delete or replace to make `second` of `first`.
private func editDistance(_ first: String, _ second: String) -> Int {
  let second = Array(second)
  var row = Array(0...second.count)
  for (line, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = line + 1
    for (column, other) in second.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
    }
  }
  return row[second.count]
}
