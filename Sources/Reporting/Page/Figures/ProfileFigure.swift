internal import CurveModel
internal import Scoring

/// On which share of tasks each contestant stays below a regret: the best few told apart, all others quiet.
struct ProfileFigure {
  let sheet: ScoreSheet

  static let size = (width: 640.0, height: 380.0)
  /// Colours of Okabe and Ito's palette with dashes and shapes, so that no line is told by its colour alone.
  private static let looks: [(colour: String, dash: Int, shape: Int)] = [
    ("#0072b2", dash: 1, shape: 7), ("#d55e00", 2, 5), ("#009e73", 4, 9), ("#cc79a7", 5, 13),
    ("#e69f00", 3, 11), (FigurePalette.text, 2, 15),
  ]

  private var ranked: [RegretProfile] {
    sheet.profiles.sorted { ($1.area, $0.contestant) < ($0.area, $1.contestant) }
  }

  var says: String {
    let best = ranked.prefix(3).map { sheet.contestants[$0.contestant].name }.joined(separator: ", ")
    return "Regret profiles: the share of tasks below a regret; the largest areas have \(best)"
  }

  var script: PlotScript {
    var script = PlotScript(width: Self.size.width, height: Self.size.height)
    script.panel(left: 56, right: 440, top: 14, bottom: Self.size.height - 48)
    script.rateAxis(1e-3...1, labelled: true)
    script.linearAxis("y", 0...1, about: 5)
    let profiles = ranked
    band(of: profiles.first { sheet.contestants[$0.contestant].kind == .strategy }, &script)
    for profile in profiles.dropFirst(Self.looks.count).reversed() {
      script.plot(
        rows(profile), using: "1:2", "with lines linewidth 1 linecolor rgb '\(FigurePalette.frame)'",
        contestant: profile.contestant)
    }
    for (index, profile) in profiles.prefix(Self.looks.count).enumerated() {
      let look = Self.looks[index]
      let style = "dashtype \(look.dash) linewidth 2 linecolor rgb '\(look.colour)'"
      script.plot(rows(profile), using: "1:2", "with lines \(style)", contestant: profile.contestant)
      script.plot(
        rows(profile).enumerated().filter { ($0.offset + 3 * index) % 20 == 0 }.map(\.element),
        using: "1:2", "with points pointtype \(look.shape) pointsize 0.6 linecolor rgb '\(look.colour)'",
        contestant: profile.contestant)
      key(index, profile, look, &script)
    }
    if profiles.count > Self.looks.count {
      script.label("grey: the others", at: place(Self.looks.count), "left font ',11'")
    }
    script.label(
      "normalised regret (log scale)",
      at: "graph 0.5, screen \(PlotScript.share(12 / Self.size.height))", "center")
    script.label("share of tasks at or below", at: "screen 0.02, graph 0.5", "center rotate by 90")
    hover(profiles, &script)
    script.endPanel()
    return script
  }

  private func rows(_ profile: RegretProfile) -> [String] {
    zip(RegretProfile.thresholds, profile.shares).map { threshold, share in
      "\(NumberText.significant(threshold, digits: 4)) \(NumberText.significant(share, digits: 4))"
    }
  }

  /// The band of the best strategy, where there are families enough for one.
  private func band(of profile: RegretProfile?, _ script: inout PlotScript) {
    guard let profile, let band = sheet.profileBand(of: profile.contestant) else { return }
    let rows = RegretProfile.thresholds.indices.map { index in
      "\(NumberText.significant(RegretProfile.thresholds[index], digits: 4)) \(band.low[index]) \(band.high[index])"
    }
    script.plot(
      rows, using: "1:2:3",
      "with filledcurves fillcolor rgb '\(FigurePalette.band)' fillstyle solid noborder",
      contestant: profile.contestant)
  }

  private func place(_ line: Int) -> String {
    "screen \(PlotScript.share(478 / Self.size.width)), graph \(PlotScript.share(0.96 - 0.075 * Double(line)))"
  }

  private func key(
    _ line: Int, _ profile: RegretProfile, _ look: (colour: String, dash: Int, shape: Int),
    _ script: inout PlotScript
  ) {
    let name = FigureText.shortened(
      sheet.contestants[profile.contestant].name, toWidth: Self.size.width - 482, fontSize: 11)
    script.label(
      name, at: place(line),
      "left font ',11' point pointtype \(look.shape) pointsize 0.6 linecolor rgb '\(look.colour)' offset 1,0")
  }

  /// Texts on the lines where the pointer may rest.
  private func hover(_ profiles: [RegretProfile], _ script: inout PlotScript) {
    for profile in profiles {
      let name = sheet.contestants[profile.contestant].name
      script.plot(
        zip(RegretProfile.thresholds, profile.shares).enumerated().filter { $0.offset % 5 == 0 }.map {
          _, point in
          let text =
            "\(name): regret of at most \(NumberText.rate(point.0)) on \(Cells.percent(point.1)) of tasks"
          return "\(point.0) \(point.1) \(PlotScript.hover(text))"
        }, using: "1:2:3",
        "with labels hypertext point pointtype 7 pointsize 0.6 linecolor rgb '#ff000000'",
        contestant: profile.contestant)
    }
  }
}
