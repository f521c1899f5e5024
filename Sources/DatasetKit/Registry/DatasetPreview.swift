internal import TrainingEngine

/// A look at a data set's content.
public struct DatasetPreview: Sendable, Equatable {
  /// The first lines of a table or text; empty for pictures.
  public let lines: [String]
  /// The lines of the first training picture, drawn in characters; empty for all others.
  public let picture: [String]
  /// How many samples of each class there are, in the order of their numbers; empty unless for classification.
  public let classCounts: [Int]

  /// Loads a data set and looks at it.
  ///
  /// - Throws: ``DatasetError``: a missing, unreadable or damaged file.
  public init(
    of entry: DatasetEntry, in folders: DataFolders, lines count: Int = 4
  ) throws(DatasetError) {
    let data = try entry.load(from: folders)
    var counts = [Int](repeating: 0, count: entry.kind == .classification ? data.outputCount : 0)
    if entry.kind == .classification {
      for label in data.train.labels + data.validation.labels { counts[Int(label)] += 1 }
    }
    classCounts = counts
    switch entry.format {
    case .idx, .pictures:
      lines = []
      picture = Self.drawing(of: data.train.inputs(of: 0), width: entry.sampleShape.dimensions[1])
    case .photographs: (lines, picture) = ([], [])
    case .classTable, .numberTable, .text:
      picture = []
      var reader = DelimitedLines(try WholeFile.content(of: entry.path(in: folders)))
      var read: [String] = []
      while read.count < count, let line = reader.next() {
        read.append(String(decoding: line, as: UTF8.self))
      }
      lines = read
    }
  }

  /// Values as shades from the least, a space, to the greatest.
  private static func drawing(of values: [Float], width: Int) -> [String] {
    let shades = Array(" .:-=+*#%@")
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    let range = greatest > least ? greatest - least : 1
    return stride(from: 0, to: values.count, by: width).map { start in
      String(
        values[start..<start + width].map { shades[Int((($0 - least) / range * 9).rounded())] })
    }
  }
}
