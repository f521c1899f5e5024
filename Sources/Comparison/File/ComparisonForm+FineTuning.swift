internal import CurveModel
internal import DatasetKit
internal import DocumentFiles

extension ComparisonForm {
  /// What a task of fine-tuning and one of photographs consist of besides.
  var fineTuningAxes: [FormKey] {
    [
      FormKey(
        "from",
        "The weights to begin with, by the name or path of --from, or a mapping of that and their hash; else random ones.",
        .axis(from)),
      FormKey(
        "fresh",
        "The groups that begin with random weights all the same: head, body, or several with commas between.",
        .axis(.text(noun: "group", examples: ["head"]))),
      FormKey(
        "freeze", "The groups whose weights stay as they are: body, head, or several with commas between.",
        .axis(.text(noun: "group", examples: ["body"]))),
      FormKey(
        "photographs", "How photographs become samples; of data sets and folders of photographs.",
        .axis(photographs)),
    ]
  }

  private var from: FormShape {
    let name = FormShape.text(
      noun: "name or path of weights",
      examples: PretrainedWeights.all.map(\.name) + ["./weights.safetensors"])
    return .anyOf([
      name,
      .mapping([
        FormKey("name", "The name or path of the weights.", name, isRequired: true),
        FormKey(
          "sha256", "The SHA-256 of their file, which then need not be here to plan.",
          .text(noun: "SHA-256", examples: PretrainedWeights.all.map(\.checksum))),
      ]),
    ])
  }

  private var photographs: FormShape {
    let standard = PhotographOptions()
    let rule = FormShape.text(
      noun: "rule for labels",
      examples: [LabelRule.parentFolder, .capitalInitial, .breed].map(\.description))
    return .mapping([
      FormKey(
        "labels",
        "How a photograph's class is found, as --labels has it; else the data set's own rule, or folder.",
        rule),
      FormKey(
        "stratify",
        "What each part of the split has its share of, by such a rule; else the data set's own, or the classes.",
        rule),
      FormKey(
        "size", "The pixels of a sample's sides.",
        .whole(PhotographOptions.sides), default: .number(Double(standard.side))),
      FormKey(
        "split-seed", "Which split into training and validation photographs is taken.",
        .whole(0...SeedSettings.largest), default: .number(Double(standard.splitSeed))),
      FormKey(
        "augment", "What training changes in photographs at random.",
        .word(PhotographOptions.Augmentation.allCases.map(\.rawValue), noun: "augmentation"),
        default: .string(standard.augmentation.rawValue)),
      FormKey(
        "version", "What tells the photographs from others, as --print-config prints it; else they are read.",
        .text(noun: "version", examples: ["0123456789abcdef"])),
    ])
  }
}
