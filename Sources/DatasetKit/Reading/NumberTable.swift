internal import RandomStreams
internal import TrainingEngine

/// A table of numbers as comma-separated text: a header, the inputs, and the target, which the header calls so, last.
struct NumberTable {
  private let path: String
  private let entry: DatasetEntry
  /// Row after row, without the target.
  private let inputs: [Double]
  private let target: [Double]

  /// Reads the only file of a data set.
  init(_ entry: DatasetEntry, from folders: DataFolders) throws(DatasetError) {
    path = try entry.path(in: folders)
    self.entry = entry
    let columns = entry.sampleShape.count + 1
    var inputs: [Double] = []
    var target: [Double] = []
    inputs.reserveCapacity(entry.sampleCount * columns)
    var lines = DelimitedLines(try WholeFile.content(of: path))
    guard let header = lines.next() else { throw .damaged(path: path, detail: "it is empty") }
    let names = header.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard names.count == columns, names.last?.elementsEqual("target".utf8) == true else {
      throw .damaged(
        path: path,
        detail: "its header names \(names.count) columns, not \(columns - 1) inputs and then the target")
    }
    while let line = lines.next() {
      var count = 0
      for field in line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        guard let value = DecimalNumber.value(of: field) else {
          throw .damaged(
            path: path,
            detail:
              "line \(lines.number) holds \"\(String(decoding: field.prefix(20), as: UTF8.self))\", not a number"
          )
        }
        count += 1
        if count < columns { inputs.append(value) } else if count == columns { target.append(value) }
      }
      guard count == columns else {
        throw .damaged(path: path, detail: "line \(lines.number) has \(count) fields, not \(columns)")
      }
    }
    guard target.count == entry.sampleCount else {
      throw .damaged(path: path, detail: "it has \(target.count) rows, not \(entry.sampleCount)")
    }
    self.inputs = inputs
    self.target = target
  }

  /// The samples where the target is the number of a class.
  func classes() throws(DatasetError) -> (train: Samples, validation: Samples) {
    var labels: [Int32] = []
    for value in target {
      guard let label = Int32(exactly: value), (0..<Int32(entry.outputCount)).contains(label) else {
        throw .damaged(
          path: path, detail: "\(value) is no class: they are numbered 0 to \(entry.outputCount - 1)")
      }
      labels.append(label)
    }
    let split = Split(count: labels.count)
    return divided(
      Samples(.numbers(standardised(by: split)), labels: labels, shape: entry.sampleShape), split)
  }

  /// The samples where the target, or its logarithm, is to be learned.
  func targets(logarithmic: Bool) throws(DatasetError) -> (train: Samples, validation: Samples) {
    var values = target
    if logarithmic {
      guard target.allSatisfy({ $0 > 0 }) else {
        throw .damaged(path: path, detail: "a target is not positive")
      }
      values = target.map(naturalLogarithm)
    }
    let split = Split(count: values.count)
    let targets = Standardisation(of: split.train.lazy.map { values[$0] }).applied(to: values)
    let samples = Samples(.numbers(standardised(by: split)), targets: targets, shape: entry.sampleShape)
    return divided(samples, split)
  }

  private func divided(_ samples: Samples, _ split: Split) -> (train: Samples, validation: Samples) {
    (samples.selecting(split.train), samples.selecting(split.validation))
  }

  /// The inputs, each column standardised by its training samples.
  private func standardised(by split: Split) -> [Float] {
    let columns = entry.sampleShape.count
    let maps = (0..<columns).map { column in
      Standardisation(of: split.train.lazy.map { inputs[$0 * columns + column] })
    }
    var result = [Float](repeating: 0, count: inputs.count)
    for row in 0..<target.count {
      for column in 0..<columns {
        result[row * columns + column] = maps[column].applied(to: inputs[row * columns + column])
      }
    }
    return result
  }
}

/// The map that gives numbers mean 0 and (population) standard deviation 1; equal numbers only lose their mean.
struct Standardisation {
  private let mean: Double
  private let deviation: Double

  init(of values: some Collection<Double>) {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    deviation = variance > 0 ? variance.squareRoot() : 1
  }

  func applied(to value: Double) -> Float { Float((value - mean) / deviation) }

  func applied(to values: [Double]) -> [Float] { values.map { applied(to: $0) } }
}
