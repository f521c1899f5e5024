import Reporting

extension TerminalPlot {
  /// A plot that fits the console, in colour on a terminal unless NO_COLOR is set.
  init(_ console: Console) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(console.variable).first
    // An unset locale is the C locale, but most terminals draw Unicode all the same; only a locale that says
    // otherwise gets ASCII.
    let ascii = locale.map { !$0.lowercased().contains("utf") } ?? false
    self.init(
      width: min(console.width, 100), ascii: ascii,
      color: console.outputIsTerminal && console.variable("NO_COLOR") == nil)
  }
}
