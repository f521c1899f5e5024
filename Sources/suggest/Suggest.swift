import Glibc
import SuggestCommands

/// The program.
@main enum Suggest {
  static func main() { exit(SuggestProgram.main(Array(CommandLine.arguments.dropFirst()))) }
}
