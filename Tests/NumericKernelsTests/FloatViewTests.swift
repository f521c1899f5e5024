import NumericKernels
import Testing

@Suite("FloatBuffer and FloatView")
struct FloatViewTests {
  @Test("a buffer begins with zeros and slices share its memory")
  func sharing() {
    let buffer = FloatBuffer(count: 10)
    #expect(buffer.view.values == [Float](repeating: 0, count: 10))
    let slice = buffer.view.slice(from: 3, count: 4)
    slice[1] = 5
    slice.slice(from: 2, count: 2).fill(with: 7)
    #expect(buffer.view.values == [0, 0, 0, 0, 5, 7, 7, 0, 0, 0])
    slice.copy(from: [1, 2, 3, 4, 99])
    #expect(buffer.view.values == [0, 0, 0, 1, 2, 3, 4, 0, 0, 0])
  }

  @Test("a view keeps the memory of its buffer alive")
  func lifetime() {
    func make() -> FloatView { FloatBuffer(count: 4).view.slice(from: 1, count: 2) }
    let view = make()
    view.fill(with: 3)
    #expect(view.values == [3, 3])
  }

  @Test("an empty view has no values")
  func empty() {
    #expect(FloatBuffer(count: 0).view.values.isEmpty)
    #expect(FloatBuffer(count: 5).view.slice(from: 5, count: 0).values.isEmpty)
  }

  @Test("access outside a view stops the program")
  func bounds() async {
    await #expect(processExitsWith: .failure) { _ = FloatBuffer(count: 4).view[4] }
    await #expect(processExitsWith: .failure) { _ = FloatBuffer(count: 4).view.slice(from: 2, count: 3) }
    await #expect(processExitsWith: .failure) { _ = FloatBuffer(count: 4).view.slice(from: 1, count: .max) }
    await #expect(processExitsWith: .failure) { FloatBuffer(count: 4).view.copy(from: [1, 2, 3]) }
  }
}
