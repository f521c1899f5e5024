import Comparison
import Testing

struct RateKeyTests {
  @Test(arguments: [1e-7, 3e-4, 0.1, 9e-3, 10, 123.4])
  func `A rate and what is trained for it differ by less than 0.012 percent`(rate: Double) {
    let trained = RateKey(rate).learningRate
    #expect(abs(trained / rate - 1) < 1.2e-4)
    #expect(RateKey(trained) == RateKey(rate))
  }
}
