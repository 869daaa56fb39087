using System.CommandLine;
using TinyNas.Search;

namespace TinyNas.Tool.Commands;

internal static class StrategiesCommand
{
    public static Command Create() => ListCommand.Create(
        "strategies", "Lists the search strategies that Strategy may name.", StrategyRegistry.All.Select(s => new NamedEntry(s.Name, s.Description)));
}
