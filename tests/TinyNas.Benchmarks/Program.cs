using TinyNas.Benchmarks;

// Searches real data under real budgets as a build does, and prints what came out, one line per seed:
//   dotnet run --project tests/TinyNas.Benchmarks -- [sign_digits|mnist|har|gestures] [--seeds 3] [--data ../shared] [--keep FOLDER] [--strategy auto]
// Or trains every network of a small grid and tabulates its int8 validation accuracy after each epoch:
//   dotnet run --project tests/TinyNas.Benchmarks -- table sign_digits|mnist|har [--seeds 3] [--out FILE]
// Or prints the regret of every strategy on published functions:
//   dotnet run --project tests/TinyNas.Benchmarks -- regret [branin|hartmann6|gardner1|gardner2] [--seeds 30]
// Or studies of training (--length 0.1 shortens them):
//   … -- headline [--images 80000] [--workers 2]                       the time of NanoNAS's published search
//   … -- calibrate [sign_digits|mnist|har|gesture] [--seeds 3]         int8 against float, and 4-bit weights
//   … -- prune [sign_digits|mnist|har|gesture] [--method Taylor] [--seeds 3]   30 % of the channels
//   … -- bytes [--seeds 3]                                              MNIST accuracy against bytes of weights
// Or prints what the package adds to a build that has nothing to do:
//   dotnet run --project tests/TinyNas.Benchmarks -c Release -- rebuild [--runs 11]
// Or compiles damaged copies of the golden models:
//   dotnet run -c Release --project tests/TinyNas.Benchmarks -- fuzz [--count 100000] [--seed 1] [--first 0] [--data ../shared]
//   … -- accuracy --features FOLDER [--seeds 3]                         float accuracy beside PyTorch's, see tests/compare-accuracy.py
// Or counts the instructions of the golden models' emitted C in QEMU, beside those of other runtimes:
//   dotnet run --project tests/TinyNas.Benchmarks -- instructions [MODEL…] [--data ../shared]
string[] names = [.. args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))];
int seeds = int.Parse(Option("--seeds") ?? "1", null);
string root = Option("--data") ?? Path.Combine(TinyNas.Testing.Repository.Root, "..", "shared");
if (names is ["table", var task]) return CurveTable.Write(task, root, seeds, Option("--out") ?? $"{task}.json");
if (names is ["contest", .. var tables]) return Contest.Print(tables, Option("--seeds") is null ? 30 : seeds);
if (names is ["regret", .. var functions]) return RegretTable.Print(Option("--seeds") is null ? 30 : seeds, functions);
if (names is ["rebuild"]) return RebuildCost.Print(int.Parse(Option("--runs") ?? "11", null));
if (names is ["instructions", .. var models]) return InstructionTable.Print(root, models);
if (names is ["fuzz"]) return FuzzRun.Print(root, ulong.Parse(Option("--seed") ?? "1", null), int.Parse(Option("--count") ?? "100000", null), int.Parse(Option("--first") ?? "0", null));

double length = double.Parse(Option("--length") ?? "1", System.Globalization.CultureInfo.InvariantCulture);
int studySeeds = Option("--seeds") is null ? 3 : seeds;
switch (names)
{
    case ["headline"]: return Headline.Print(int.Parse(Option("--images") ?? "80000", null), int.Parse(Option("--workers") ?? "2", null));
    case ["calibrate", .. var sets]: return CalibrationStudy.Print(sets.Length == 0 ? StudyData.Names : sets, root, studySeeds, length);
    case ["prune", .. var sets]:
        return PruningStudy.Print(sets is [var set, ..] ? set : "sign_digits", Enum.Parse<TinyNas.Training.PruningMethod>(Option("--method") ?? "Taylor", true), root, studySeeds, length);
    case ["accuracy"]: return AccuracyStudy.Print(Option("--features") ?? throw new ArgumentException("--features FOLDER is needed"), root, studySeeds, length);
    case ["bytes"]: return BytesStudy.Print(root, studySeeds, length);
}

int failures = 0;
foreach (Study study in Study.All.Where(s => names.Length == 0 || names.Contains(s.Name)))
{
    var results = Enumerable.Range(1, seeds).Select(seed => StudyRun.Run(study, root, seed, Option("--keep"), Option("--strategy"))).ToList();
    foreach (StudyResult result in results) Console.WriteLine(result);
    double mean = results.Average(r => r.TestAccuracy);
    bool passed = mean > study.Floor && results.All(r => r.CEqualsCSharp);
    Console.WriteLine(FormattableString.Invariant($"{study.Name}: mean int8 test accuracy {mean:0.0000} of {seeds} seed(s), floor {study.Floor}: {(passed ? "passed" : "FAILED")}"));
    if (!passed) failures++;
}
return failures;

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
