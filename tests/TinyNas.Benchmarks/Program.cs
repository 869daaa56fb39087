using TinyNas.Benchmarks;

// Searches real data under real budgets as a build does, and prints what came out, one line per seed:
//   dotnet run --project tests/TinyNas.Benchmarks -- [sign_digits|mnist|har] [--seeds 3] [--data ../shared] [--keep FOLDER]
// Or prints the regret of every strategy on published functions:
//   dotnet run --project tests/TinyNas.Benchmarks -- regret [branin|hartmann6|gardner1|gardner2] [--seeds 30]
string[] names = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
int seeds = int.Parse(Option("--seeds") ?? "1", null);
if (names is ["regret", .. var functions]) return RegretTable.Print(Option("--seeds") is null ? 30 : seeds, functions);
string root = Option("--data") ?? Path.Combine(TinyNas.Testing.Repository.Root, "..", "shared");

int failures = 0;
foreach (Study study in Study.All.Where(s => names.Length == 0 || names.Contains(s.Name)))
{
    var results = Enumerable.Range(1, seeds).Select(seed => StudyRun.Run(study, root, seed, Option("--keep"))).ToList();
    foreach (StudyResult result in results) Console.WriteLine(result);
    double mean = results.Average(r => r.TestAccuracy);
    bool passed = mean > study.Floor && results.All(r => r.CEqualsCSharp);
    Console.WriteLine(FormattableString.Invariant($"{study.Name}: mean int8 test accuracy {mean:0.0000} of {seeds} seed(s), floor {study.Floor}: {(passed ? "passed" : "FAILED")}"));
    if (!passed) failures++;
}
return failures;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
