import CurveModel
import Testing

@Suite struct TableReaderTests {
  @Test(
    "reads tables of any separator, quoting, line ending and order of columns",
    arguments: [
      "lr,loss\n0.1,3\n0.2,2.5\n", "loss;lr\n3;0.1\n2.5;0.2", "learning_rate\tloss\n1e-1\t3\n2E-1\t2.5\n",
      "epoch,Learning Rate,train_loss,val_loss\r\n0,0.1,3,9\r\n1,0.2,2.5,9\r\n",
      "\"lr\",\"loss\"\n\"0.1\",\"3\"\n0.2,2.5\n",
      "\u{feff}lr,loss\n0.1,3\n0.2,2.5\n", "\n\nlr,loss\n\n0.1,3\n \n0.2,2.5\n\n",
      " lr , loss \n 0.1 , 3 \n\t0.2,2.5 \n",
      "lr-Adam,train-loss\n0.1,3\n0.2,2.5\n",
      "step,note,lr,loss\n1,\"a, b\",0.1,3\n2,\"say \"\"x\"\"\",0.2,2.5\n",
      "LEARNING-RATE,Loss\n+0.1,+3\n0.2,2.5\n",
    ])
  func forms(text: String) throws {
    let reading = try read(text)
    #expect(reading.curve.learningRates == [0.1, 0.2])
    #expect(reading.curve.rawLosses == [3, 2.5])
    #expect(reading.curve.smoothedLosses == nil)
    #expect(reading.warnings.count == 1)
  }

  @Test("reads smoothed losses beside raw ones, and alone")
  func smoothed() throws {
    let both = try read("lr,loss,smoothed_loss\n1,2,3\n2,1,2\n").curve
    #expect(both.rawLosses == [2, 1] && both.smoothedLosses == [3, 2])
    let alone = try read("lr,smooth_loss\n1,2\n").curve
    #expect(alone.rawLosses == nil && alone.smoothedLosses == [2])
  }

  @Test("an empty cell is a NaN loss, as pandas writes it; spelled non-finite losses are read")
  func nonFinite() throws {
    let losses = try read("lr,loss\n1,\n2,nan\n3,inf\n4,-inf\n5,NaN\n6,-Infinity\n7,NA\n").curve.losses
    #expect(losses.map(\.isNaN) == [true, true, false, false, true, false, true])
    #expect(losses[2] == .infinity && losses[3] == -.infinity && losses[5] == -.infinity)
  }

  @Test(
    "says in one line what is wrong and where",
    arguments: [
      ("step,loss\n1,2\n", "no rate column among \"step\", \"loss\""),
      ("lr,accuracy\n1,2\n", "no loss column among"),
      ("just some text\n", "no rate column"),
      ("lr,learning_rate,loss\n1,1,1\n", "several columns may be the rate: \"lr\", \"learning_rate\""),
      ("lr-SGD,lr-SGD/pg2,loss\n1,2,3\n", "several columns may be the rate"),
      ("lr,loss,train_loss\n1,2,3\n", "several columns may be the loss: \"loss\", \"train_loss\""),
      ("lr,smooth_loss,smoothed_loss\n1,2,3\n", "several columns may be the smoothed loss"),
      ("lr,loss\n1,2\n2\n", "line 3 has 1 cells, the header 2"),
      ("lr,loss\n1,2\n\n2,3,4\n", "line 4 has 3 cells"),
      ("lr,loss\n,2\n", "\"lr\" in line 2 should be a rate, found \"\""),
      ("lr,loss\nfast,2\n", "found \"fast\""),
      ("lr,loss\n1,2\n2,high\n", "\"loss\" in line 3 should be a loss, found \"high\""),
      ("lr,loss\n0x10,2\n", "found \"0x10\""),
      ("lr,loss\n1,0x1p3\n", "found \"0x1p3\""), ("lr,loss\nnan,2\n", "\"lr\" in line 2"),
      ("lr,loss\n1,2\n1,2\n", "point 1"),
      ("lr,loss\n-1,2\n", "point 0 is -1.0"), ("lr,loss\n1e999,2\n", "point 0 is inf"),
      ("lr,loss\n", "no points"),
      ("lr,loss\n1,\"2\n", "line 2"), ("\n\nlr,loss\n1,x\n", "line 4"),
      ("lr\rloss\r1\r2\r", "no rate column"),
    ])
  func problems(text: String, says: String) throws {
    let found = try #require(message(reading: text))
    #expect(found.contains(says) && !found.contains("\n") && !found.contains("\r"), "\(found)")
  }

  @Test("a table has one parameter group")
  func groups() throws {
    #expect(try read("lr,loss\n1,2\n", group: 0).curve.count == 1)
    #expect(throws: CurveError.noSuchGroup(group: 1, groups: 1)) { try read("lr,loss\n1,2\n", group: 1) }
  }

  @Test("a header of megabytes is not repeated in the message")
  func longHeader() throws {
    let header = (0..<2000).map { "\(String(repeating: "y", count: 500))\($0)" }.joined(separator: ",")
    #expect(try #require(message(reading: header + "\n")).count < 500)
  }
}
