namespace TinyNas.Benchmarks;

/// <summary>A real data set under a real budget: what a project file would say, and the figure that the result has to pass.</summary>
internal sealed record Study(string Name, string Data, string? TestData, string? Input, string? Device, string? Ram, string? Flash, double Floor)
{
    public static readonly Study[] All =
    [
        new("sign_digits", "data/images/sign_digits/train", "data/images/sign_digits/test", "50x50x3", "STM32L412KB", null, null, 0.84),
        new("mnist", "data/images/mnist", "data/images/mnist", null, null, "20KiB", "64KiB", 0.985),
        new("har", "data/har/sp_sw_har/windows_sp_train.npz", "data/har/sp_sw_har/windows_sp_test.npz", null, null, "16KiB", "60KiB", 0.76),
    ];
}
