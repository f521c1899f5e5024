/// A view read as a row-major matrix, or as the transpose of one.
public struct MatrixView {
  /// The elements, row by row as they lie in memory.
  public let elements: FloatView
  /// How many rows the matrix has, after a transposition.
  public let rows: Int
  /// How many columns the matrix has, after a transposition.
  public let columns: Int
  let isTransposed: Bool

  /// Reads `elements` as `rows` × `columns`; the counts must agree.
  public init(_ elements: FloatView, rows: Int, columns: Int) {
    precondition(
      rows >= 0 && columns >= 0 && rows * columns == elements.count,
      "\(elements.count) floats are not a \(rows) × \(columns) matrix")
    self.init(elements: elements, rows: rows, columns: columns, isTransposed: false)
  }

  private init(elements: FloatView, rows: Int, columns: Int, isTransposed: Bool) {
    self.elements = elements
    self.rows = rows
    self.columns = columns
    self.isTransposed = isTransposed
  }

  /// The transpose, over the same memory.
  public var transposed: MatrixView {
    MatrixView(elements: elements, rows: columns, columns: rows, isTransposed: !isTransposed)
  }

  /// The distance in memory between two stored rows.
  var storedRowLength: Int {
    isTransposed ? rows : columns
  }
}
