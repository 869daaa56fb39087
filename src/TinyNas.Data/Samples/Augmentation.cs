using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Random changes to training samples that keep their labels. Images: <see cref="Flip"/>, <see cref="Shift"/> both ways,
/// <see cref="Contrast"/>, <see cref="Rotation"/>, <see cref="Crop"/>. Windows (height 1): <see cref="Shift"/> in time, <see cref="Scale"/>,
/// <see cref="Jitter"/>. Both: <see cref="CutOut"/>, SpecAugment's <see cref="TimeMask"/> and <see cref="FrequencyMask"/>, <see cref="MixUp"/>.
/// </summary>
public sealed record Augmentation
{
    /// <summary>Mirrors every other image, left to right. Never a default: mirrored digits, arrows or hands mean something else.</summary>
    public bool Flip { get; init; }

    /// <summary>Moves by up to this share of width and height (of the time of a window), repeating the edge. 0 to 0.5.</summary>
    public double Shift { get; init; }

    /// <summary>Stretches an image about its own mean by 1 ± this. 0 to 1.</summary>
    public double Contrast { get; init; }

    /// <summary>Multiplies a window, in the data's own units, by 1 ± this. 0 to 1.</summary>
    public double Scale { get; init; }

    /// <summary>Adds normal noise of this many deviations (of the channel, over the training side) to a window. 0 to 1.</summary>
    public double Jitter { get; init; }

    /// <summary>Turns an image by up to this many degrees either way. 0 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>Takes a part of an image, each side shorter by up to this share, and scales it back. 0 to 0.9.</summary>
    public double Crop { get; init; }

    /// <summary>Sets a patch with this share of the sides (of a window's time) to the mean. 0 to 0.9.</summary>
    public double CutOut { get; init; }

    /// <summary>Sets a stretch of up to this share of the time to the mean: rows of a spectrogram, time of a window. 0 to 0.9.</summary>
    public double TimeMask { get; init; }

    /// <summary>The same of the frequencies: columns of a spectrogram, channels of a window. 0 to 0.9.</summary>
    public double FrequencyMask { get; init; }

    /// <summary>Mixes samples and their labels by shares from Beta(this, this); for classifiers. 0: not; up to 1.</summary>
    public double MixUp { get; init; }

    private const string Known =
        "default, none, flip, shift=, contrast=, scale=, jitter=, rotation=, crop=, cut-out=, time-mask=, frequency-mask=, mix-up=";

    public static Augmentation None { get; } = new();

    /// <summary>
    /// Images: shift 0.1, contrast 0.2. Windows of several channels: shift 0.05, scale 0.1. One-channel rows: none, since
    /// those may be features in no order.
    /// </summary>
    public static Augmentation Default(DataSet data) =>
        !IsWindow(data.Shape) ? new Augmentation { Shift = 0.1, Contrast = 0.2 }
        : data.Shape is { Channels: > 1, Width: > 1 } ? new Augmentation { Shift = 0.05, Scale = 0.1 }
        : None;

    /// <summary>
    /// Reads the setting Augment: "default", "none", or a list such as "flip,shift=0.1,contrast=0.2" in which what is not named is off.
    /// </summary>
    /// <exception cref="TinyNasException">TNAS0002: an unknown name, a value out of range, or a change that this kind of sample cannot have.</exception>
    public static Augmentation Parse(string text, DataSet data)
    {
        if (text.Trim() is "default" or "") return Default(data);
        if (text.Trim() == "none") return None;
        Augmentation result = None;
        foreach (string part in text.Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            string name = part.Split('=')[0].TrimEnd();
            string? value = part.Contains('=') ? part[(part.IndexOf('=') + 1)..].TrimStart() : null;
            if (name is "flip" or "contrast" or "rotation" or "crop" && IsWindow(data.Shape) || name is "scale" or "jitter" && !IsWindow(data.Shape))
                throw Malformed(text, $"{name} is not for {(IsWindow(data.Shape) ? "windows" : "images")}");
            result = name switch
            {
                "flip" when value is null => result with { Flip = true },
                "shift" => result with { Shift = Number(text, name, value, 0.5) },
                "contrast" => result with { Contrast = Number(text, name, value, 1) },
                "scale" => result with { Scale = Number(text, name, value, 1) },
                "jitter" => result with { Jitter = Number(text, name, value, 1) },
                "rotation" => result with { Rotation = Number(text, name, value, 180) },
                "crop" => result with { Crop = Number(text, name, value, 0.9) },
                "cut-out" => result with { CutOut = Number(text, name, value, 0.9) },
                "time-mask" => result with { TimeMask = Number(text, name, value, 0.9) },
                "frequency-mask" => result with { FrequencyMask = Number(text, name, value, 0.9) },
                "mix-up" => result with { MixUp = Number(text, name, value, 1) },
                _ => throw Malformed(text, $"'{part}' is none of {Known}"),
            };
        }
        return result;
    }

    internal static bool IsWindow(Shape shape) => shape.Height == 1;

    private static double Number(string text, string name, string? value, double most) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= 0 && number <= most
            ? number : throw Malformed(text, string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from 0 to {most}"));

    private static TinyNasException Malformed(string text, string reason) =>
        new(DiagnosticCatalogue.MalformedValue, "Augment", text, reason) { Setting = "Augment" };
}
