namespace TinyNas.Build.Tests;

/// <summary>Runs dotnet as a user would, without what a test run or a build server leaves in the environment.</summary>
internal static class DotNet
{
    public static Dictionary<string, string?> Environment { get; } = new()
    {
        // A build server's variables choose another mode; a node that stays alive would keep an old task loaded.
        ["CI"] = null, ["ContinuousIntegrationBuild"] = null, ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_TEST_COMMAND_WORKING_DIRECTORY"] = null, ["MSBUILDFAILONDRIVEENUMERATINGWILDCARD"] = null,
    };

    public static CommandResult Run(string folder, params string[] arguments) => Command.Run("dotnet", arguments, folder, Environment);
}
