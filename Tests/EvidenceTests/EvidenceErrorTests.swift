import Evidence
import Testing

struct EvidenceErrorTests {
  @Test func `an error says where and what to do`() {
    let text = EvidenceError.noOutcomes("runs").description
    #expect(text.hasPrefix("runs "))
    #expect(text.contains("suggest compare"))
  }
}
