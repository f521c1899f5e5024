import Comparison
import ModelZoo
import Testing
import TestSupport
import TrainingEngine

struct MatrixTests {
  private func titles(_ lines: String) throws -> [String] {
    try SampleFile.comparison(SampleFile.matrix(lines)).tasks.map(\.title)
  }

  @Test func `The smallest file is one task with every default`() throws {
    let comparison = try SampleFile.comparison(SampleFile.smallest)
    #expect(comparison.tasks.map(\.title) == ["digits mlp-64 sgd 64 constant 100"])
    #expect(
      comparison.tasks[0].optimizer.description == "sgd(momentum: 0.9, weightDecay: 0.0, nesterov: false)")
    #expect(comparison.tasks[0].evaluation == EvaluationPlan())
    #expect(comparison.rangeTests == [RangeTestSettings()])
    #expect(comparison.grid == GridSettings())
    #expect(comparison.seeds.grid == [0, 1, 2])
    #expect(comparison.seeds.suggestions == [0, 1, 2])
    #expect(comparison.seeds.rangeTests == [1000, 1001, 1002, 1003, 1004])
  }

  @Test func `A product runs over all keys in one order, the last fastest`() throws {
    let tasks = try titles(
      """
      steps: [100, 200]
      model: [mlp-64, cnn]
      dataset: [fashion-mnist, digits]
      optimizer: adam
      schedule: one-cycle
      batch-size: 32
      """)
    #expect(
      tasks == [
        "fashion-mnist mlp-64 adam 32 one-cycle 100", "fashion-mnist mlp-64 adam 32 one-cycle 200",
        "fashion-mnist cnn-16-32 adam 32 one-cycle 100", "fashion-mnist cnn-16-32 adam 32 one-cycle 200",
        "digits mlp-64 adam 32 one-cycle 100", "digits mlp-64 adam 32 one-cycle 200",
        "digits cnn-16-32 adam 32 one-cycle 100", "digits cnn-16-32 adam 32 one-cycle 200",
      ])
  }

  @Test func `Zipped keys vary together and may hold lists`() throws {
    let tasks = try titles(
      """
      dataset: digits
      optimizer: sgd
      zip:
        - {model: cnn, steps: 100}
        - {model: [mlp-64, logistic], steps: 200}
      """)
    #expect(
      tasks == [
        "digits cnn-16-32 sgd 64 constant 100", "digits mlp-64 sgd 64 constant 200",
        "digits logistic sgd 64 constant 200",
      ])
  }

  @Test func `What is included takes the product's other values and is never excluded`() throws {
    let tasks = try titles(
      """
      dataset: digits
      model: mlp-64
      optimizer: [sgd, adam]
      steps: 100
      include:
        - {model: cnn, steps: 50}
      exclude:
        - {optimizer: adam}
      """)
    #expect(
      tasks == [
        "digits mlp-64 sgd 64 constant 100", "digits cnn-16-32 sgd 64 constant 50",
        "digits cnn-16-32 adam 64 constant 50",
      ])
  }

  @Test func `What cannot be trained may be excluded`() throws {
    let tasks = try titles(
      """
      dataset: [digits, letter, shakespeare]
      model: [cnn, gru-32, mlp-64]
      optimizer: sgd
      steps: 100
      exclude:
        - {dataset: [letter, shakespeare], model: cnn}
        - {dataset: shakespeare, model: mlp-64}
        - {dataset: [digits, letter], model: gru-32}
      """)
    #expect(
      tasks == [
        "digits cnn-16-32 sgd 64 constant 100", "digits mlp-64 sgd 64 constant 100",
        "letter mlp-64 sgd 64 constant 100", "shakespeare gru-32 sgd 64 constant 100",
      ])
  }

  @Test func `A task of two products is one task`() throws {
    let text = """
      suggest: 1
      name: test
      matrix:
        - {dataset: digits, model: [mlp-64, cnn], optimizer: sgd, steps: 100}
        - {dataset: digits, model: [logistic, mlp-64], optimizer: sgd, steps: 100}
      """
    #expect(try SampleFile.comparison(text).tasks.map(\.model.name) == ["mlp-64", "cnn-16-32", "logistic"])
  }

  @Test func `An optimizer's own weight decay goes before the matrix's`() throws {
    let comparison = try SampleFile.comparison(
      SampleFile.matrix(
        """
        dataset: digits
        model: mlp-64
        optimizer: [sgd, {name: adam, weight-decay: 1e-4}, adamw]
        steps: 100
        weight-decay: [0, 1e-2]
        """))
    #expect(
      comparison.tasks.map { "\($0.optimizer.family) \($0.optimizer.weightDecay)" } == [
        "sgd 0.0", "sgd 0.01", "adam 0.0001", "adamw 0.0", "adamw 0.01",
      ])
    let plain = try SampleFile.comparison(SampleFile.smallest.replacing("sgd", with: "adamw"))
    #expect(plain.tasks[0].optimizer.weightDecay == 0.01)
  }

  @Test func `A file that uses every key has the tasks its matrix says`() throws {
    let comparison = try SampleFile.comparison(SampleFile.everything)
    // Two data sets × mlp-64 with three optimizers (sgd's weight decay doubles it) and cnn with adam alone, three
    // schedules, three lengths less one of cosine; then logistic with 120 steps; then one task of its own, and two of fine-tuning.
    let product = 2 * 4 * (3 * 3 - 1)
    let included = 2 * 3 * 3 * 2
    #expect(comparison.tasks.count == product + included + 1 + 2)
    #expect(Set(comparison.tasks).count == comparison.tasks.count)
  }

  @Test func `The order of keys says nothing`() throws {
    var numbers = SeededNumbers(seed: 4)
    let keys = [
      "dataset: [digits, fashion-mnist]", "model: [mlp-64, cnn]",
      "optimizer: [sgd, {weight-decay: 0.1, name: adam}]",
      "batch-size: [32, 64]", "schedule: [{warm-up: 0.1, name: cosine}, constant]", "steps: 100",
      "exclude: [{model: cnn, optimizer: sgd}]",
    ]
    let sections = [
      "suggest: 1", "name: test", "grid: {to: 1, from: 0.01}", "seeds: {range-tests: 2, grid: 2}",
      "strategies: [{set: {bandwidth: 0.1}, name: valley}]",
    ]
    var texts: [String] = []
    for _ in 0..<20 {
      let matrix = "matrix:\n" + keys.shuffled(using: &numbers).map { "  \($0)\n" }.joined()
      let file = (sections.map { "\($0)\n" } + [matrix]).shuffled(using: &numbers).joined()
      texts.append(try SampleFile.comparison(file).resolvedText)
    }
    #expect(Set(texts).count == 1)
  }

  @Test func `A thousand tasks resolve within half a second`() throws {
    let widths = (1...125).map { "mlp-\($0)" }.joined(separator: ", ")
    let text = SampleFile.matrix(
      """
      dataset: [digits, fashion-mnist]
      model: [\(widths)]
      optimizer: [sgd, adam]
      steps: [100, 200]
      """)
    var comparison: Comparison?
    let time = try ContinuousClock().measure { comparison = try SampleFile.comparison(text) }
    #expect(comparison?.tasks.count == 1000)
    #expect(time < .milliseconds(500))
  }
}
