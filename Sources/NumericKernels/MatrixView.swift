/// A view read as a row-major matrix, as some columns of one, or as the transpose of one.
public struct MatrixView {
  /// The elements, row by row as they lie in memory; between the rows of a matrix of some columns lie the others.
  public let elements: FloatView
  /// How many rows the matrix has, after a transposition.
  public let rows: Int
  /// How many columns the matrix has, after a transposition.
  public let columns: Int
  let isTransposed: Bool
  /// The distance in memory between two stored rows.
  let storedRowLength: Int

  /// Reads `elements` as `rows` × `columns`; the counts must agree.
  public init(_ elements: FloatView, rows: Int, columns: Int) {
    precondition(
      rows >= 0 && columns >= 0 && rows * columns == elements.count,
      "\(elements.count) floats are not a \(rows) × \(columns) matrix")
    self.init(elements, rows: rows, columns: columns, isTransposed: false, storedRowLength: columns)
  }

  private init(_ elements: FloatView, rows: Int, columns: Int, isTransposed: Bool, storedRowLength: Int) {
    self.elements = elements
    self.rows = rows
    self.columns = columns
    self.isTransposed = isTransposed
    self.storedRowLength = storedRowLength
  }

  /// The transpose, over the same memory.
  public var transposed: MatrixView {
    MatrixView(
      elements, rows: columns, columns: rows, isTransposed: !isTransposed, storedRowLength: storedRowLength)
  }

  /// The `count` columns from `first` on, over the same memory; the matrix is not transposed.
  public func columns(from first: Int, count: Int) -> MatrixView {
    precondition(
      !isTransposed && rows > 0 && first >= 0 && count >= 0 && count <= columns - first,
      "columns \(first)..<\(first + count) lie outside a matrix of \(columns)")
    let spanned = (rows - 1) * storedRowLength + count
    return MatrixView(
      elements.slice(from: first, count: spanned), rows: rows, columns: count, isTransposed: false,
      storedRowLength: storedRowLength)
  }

  /// Whether the elements are the matrix, row after row without gaps.
  var isContiguous: Bool { !isTransposed && storedRowLength == columns }
}
