import Synchronization
import Testing

@testable import SuggestCommands

@Suite struct ProgressBarTests {
  /// What a run of 200 steps draws, at three seconds a step.
  private func drawings(width: Int, onTerminal: Bool = true, ascii: Bool = false) -> [String] {
    let written = Mutex<[String]>([])
    let clock = Mutex(1_700_000_000)
    let console = Console(
      output: { _ in }, message: { text in written.withLock { $0.append(text) } },
      now: { clock.withLock { $0 } }, variable: { ascii && $0 == "LC_ALL" ? "C" : nil },
      messagesAreOnTerminal: onTerminal, width: width)
    let progress = ProgressBar(console: console, total: 200)
    progress.announce("evaluating many more held-out samples than fit into a narrow terminal …")
    for step in 0..<200 {
      progress.advance(learningRate: 1.234e-5 * Double(step + 1), loss: 2.3456789)
      clock.withLock { $0 += 3 }
    }
    progress.clear()
    return written.withLock { $0 }
  }

  @Test("lines never wrap, and end as an empty one", arguments: [20, 40, 80, 200])
  func fits(_ width: Int) throws {
    let drawings = drawings(width: width)
    for drawing in drawings {
      #expect(drawing.hasPrefix("\r") && drawing.hasSuffix("\u{1b}[K"))
      #expect(drawing.count - 4 < width, "\(drawing)")
    }
    #expect(drawings.last == "\r\u{1b}[K")
  }

  @Test("the time left is what the pace so far says")
  func estimates() throws {
    let drawings = drawings(width: 80)
    #expect(drawings.first { $0.contains(" 1/200 ") }?.contains("left") == false)
    // A hundred steps, three seconds each but for the first, for which there was no clock.
    #expect(try #require(drawings.first { $0.contains(" 100/200 ") }).contains("  4:57 left"))
  }

  @Test("nothing is drawn where nobody watches")
  func isSilent() { #expect(drawings(width: 80, onTerminal: false).isEmpty) }

  @Test("a plain locale gets plain characters")
  func drawsASCII() {
    #expect(drawings(width: 80, ascii: true).dropFirst().allSatisfy { $0.allSatisfy(\.isASCII) })
  }
}
