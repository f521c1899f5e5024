import PackagePlugin
@main struct NewStrategyCommand: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {}
}
