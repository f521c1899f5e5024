internal import CurveModel
internal import FoundationEssentials

/// The samples with the largest losses, with their pictures where they are pictures: as fastai's `plot_top_losses`.
struct WorstGallery {
  let result: ClassificationResult
  let worst: [TrainingContent.WorstSample]

  var html: HTML {
    let hasPictures = worst.contains { $0.jpeg != nil }
    return """
      <section id="worst"><h2>Top losses</h2>
      <p class="key">Predicted / actual / loss / probability of the prediction.\(hasPictures ? " The pictures are what the network saw." as HTML : "")</p>
      <div class="worst\(hasPictures ? "" : " bare" as HTML)">\(worst.map(card))</div></section>
      """
  }

  private func card(_ worst: TrainingContent.WorstSample) -> HTML {
    let sample = worst.sample
    let predicted = sample.predicted.map { result.classes[$0] } ?? "no number"
    let actual = result.classes[sample.actual]
    let name = worst.name.split(separator: "/").last.map(String.init) ?? worst.name
    let side: HTML = sample.isCorrect ? "right" : "wrong"
    return """
      <figure class="\(side)">\(picture(worst, says: "\(name): \(actual), taken for \(predicted)"))<figcaption><span class="answer"><b>\(predicted)</b> / \(actual)</span><span class="numbers">\(Self.number(sample.loss)) / \(Cells.fixed(sample.probability, 2))</span><span class="name" title="\(worst.name)">\(name)</span></figcaption></figure>

      """
  }

  private func picture(_ worst: TrainingContent.WorstSample, says text: String) -> HTML {
    guard let jpeg = worst.jpeg else { return "" }
    let base64 = HTML(markup: Data(jpeg).base64EncodedString())
    let pixels: HTML = worst.isEnlarged ? " class=\"pixels\"" : ""
    return "<img\(pixels) alt=\"\(text)\" src=\"data:image/jpeg;base64,\(base64)\">"
  }

  private static func number(_ loss: Double) -> String {
    loss.isInfinite ? "∞" : Cells.fixed(loss, 2)
  }
}
