internal import CurveModel

extension WorkflowLesson {
  /// The curves of all range tests.
  var curves: NotebookTable {
    NotebookTable(
      "\(story.name)-curves.csv", ["stage", "step", "learning_rate", "loss"],
      story.stages.flatMap { stage -> [[NotebookTable.Cell]] in
        guard let curve = stage.recording?.curve else { return [] }
        return zip(curve.learningRates, curve.losses).enumerated().map { step, point in
          [.word(stage.name), .number(Double(step)), .number(point.0), .number(point.1)]
        }
      })
  }

  /// What every strategy answers about every range test.
  var answers: NotebookTable {
    NotebookTable(
      "\(story.name)-answers.csv",
      ["stage", "strategy", "learning_rate", "point_rate", "point_loss", "dot_loss", "reason"],
      story.stages.flatMap { stage -> [[NotebookTable.Cell]] in
        guard let recording = stage.recording else { return [] }
        let marks = recording.answers.marks.map { mark -> [NotebookTable.Cell] in
          [
            .word(stage.name), .word(mark.name), .number(mark.learningRate),
            .number(mark.point.learningRate), .number(mark.point.loss),
            .number(dot(of: mark.name, in: recording) ?? .nan), .word(""),
          ]
        }
        let abstentions = recording.answers.abstentions.map { abstention -> [NotebookTable.Cell] in
          [
            .word(stage.name), .word(abstention.name), .number(.nan), .number(.nan), .number(.nan),
            .number(.nan),
            .word(abstention.reason),
          ]
        }
        return marks + abstentions
      })
  }

  /// How the networks did during the trainings.
  var trainings: NotebookTable {
    NotebookTable(
      "\(story.name)-trainings.csv", ["stage", "step", "training_loss", "loss", "error"],
      story.stages.flatMap { stage in
        (stage.training?.evaluations ?? []).map { evaluation -> [NotebookTable.Cell] in
          [
            .word(stage.name), .number(evaluation.step), .number(evaluation.trainingLoss),
            .number(evaluation.loss), .number(evaluation.error),
          ]
        }
      })
  }

  /// The stages with what was known of the network after them, and their times.
  var stages: NotebookTable {
    NotebookTable(
      "\(story.name)-stages.csv", ["stage", "learning_rate", "loss", "error", "seconds"],
      story.stages.map { stage in
        let last = stage.training?.evaluations.last
        return [
          .word(stage.name), .number(stage.training?.rate ?? .nan), .number(last?.loss ?? .nan),
          .number(last?.error ?? .nan), .number(stage.seconds),
        ]
      })
  }
}
