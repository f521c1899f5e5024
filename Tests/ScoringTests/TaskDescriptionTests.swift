import Scoring
import Testing

struct TaskDescriptionTests {
  private func task(key: String, title: String) -> TaskDescription {
    TaskDescription(
      key: key, labels: [], title: title, dataset: "digits", family: "digits", model: "mlp", optimizer: "sgd",
      schedule: "constant", role: .constant, batchSize: nil, steps: nil)
  }

  @Test func `tasks are told apart by their canonical line alone`() {
    #expect(task(key: "{}", title: "a") == task(key: "{}", title: "b"))
    #expect(task(key: "{}", title: "a") != task(key: "{ }", title: "a"))
  }
}
