namespace TinyNas.Benchmarks;

/// <summary>A real data set under a real budget: what a project file would say, and the figure that the result has to pass.</summary>
internal sealed record Study(string Name, string Data, string? TestData, string? Input, string? Device, string? Ram, string? Flash, double Floor)
{
    public string? Macs { get; init; }

    public string? Epochs { get; init; }

    public string? Window { get; init; }

    public string? Stride { get; init; }

    private static string Sample(string part) => Path.Combine(TinyNas.Testing.Repository.Root, "samples", "01-Gestures", "data", part);

    public static readonly Study[] All =
    [
        new("sign_digits", "data/images/sign_digits/train", "data/images/sign_digits/test", "50x50x3", "STM32L412KB", null, null, 0.84),
        new("mnist", "data/images/mnist", "data/images/mnist", null, null, "20KiB", "64KiB", 0.985),
        new("har", "data/har/sp_sw_har/windows_sp_train.npz", "data/har/sp_sw_har/windows_sp_test.npz", null, null, "16KiB", "60KiB", 0.76),
        // The sample of the README, without its limit of trials.
        new("gestures", Sample("train"), Sample("test"), null, null, "8KiB", "32KiB", 0.9) { Macs = "200k", Epochs = "60", Window = "32", Stride = "8" },
    ];
}
