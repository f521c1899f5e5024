internal import CurveModel

/// Pieces of Python that the lessons share, and numbers as those print them.
enum Python {
  /// The first cell: libraries, and how rates are printed.
  static let setup = """
    import math
    import pandas as pd
    import matplotlib.pyplot as plt

    def read(name):
        return pd.read_csv(f"data/{name}", float_precision="round_trip", keep_default_na=False, na_values=[""])

    def rate(value):
        return f"{value:.2e}"
    """

  /// A rate as `rate` prints it.
  static func rate(_ value: Double) -> String { NumberText.scientific(value, fractionDigits: 2) }

  /// A number as an f-string with `.3f` prints it.
  static func fixed(_ value: Double, _ digits: Int = 3) -> String {
    NumberText.fixed(value, fractionDigits: digits)
  }

  /// A text filled with spaces to a width, as `{text:WIDTH}` prints it.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }

  /// A text filled with spaces from the left, as `{text:>WIDTH}` prints it.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
  }
}
