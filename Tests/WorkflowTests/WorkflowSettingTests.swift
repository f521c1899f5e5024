import Testing

@testable import Workflow

struct WorkflowSettingTests {
  @Test(arguments: [
    ("seed=3", nil, "seed", "3"), ("fit.epochs=2", "fit", "epochs", "2"),
    ("dataset=../a.b/c=d", nil, "dataset", "../a.b/c=d"),
    ("fit.set=steepest.bandwidth=0.3", "fit", "set", "steepest.bandwidth=0.3"),
    ("train.lr=", "train", "lr", ""),
  ])
  func `A stage ends at the first dot, a key at the first equals sign`(
    _ text: String, _ scope: String?, _ key: String, _ value: String
  ) throws {
    let setting = try WorkflowSetting(text)
    #expect(setting.scope == scope && setting.key == key && setting.value == value && setting.text == text)
  }

  @Test(arguments: ["", "seed", "=3", ".seed=3", "fit.=3"])
  func `Anything else is refused`(_ text: String) {
    #expect(throws: SettingError.self) { try WorkflowSetting(text) }
  }
}
