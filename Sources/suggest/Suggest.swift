import Glibc
import SuggestCommands

/// The program.
@main enum Suggest {
  static func main() async { exit(await SuggestProgram.run(Array(CommandLine.arguments.dropFirst()))) }
}
