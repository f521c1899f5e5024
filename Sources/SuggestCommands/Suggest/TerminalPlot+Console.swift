import Reporting

extension TerminalPlot {
  /// A plot that fits the console, in colour on a terminal unless NO_COLOR is set.
  init(_ console: Console) {
    self.init(
      width: min(console.width, 100), ascii: console.asciiOnly,
      color: console.outputIsTerminal && console.variable("NO_COLOR") == nil)
  }
}
