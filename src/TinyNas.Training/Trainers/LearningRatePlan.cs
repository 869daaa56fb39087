using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// The setting LearningRate: a number, or "default" for the optimiser's own, then a schedule and a warm-up where those are wanted, as in
/// "3e-3", "0.1, step" or "default, one-cycle, warm-up=0.05".
/// </summary>
/// <param name="Rate">Null: <see cref="Optimizer.DefaultRate"/>.</param>
/// <param name="WarmUp">Share of the steps.</param>
public sealed record LearningRatePlan(double? Rate = null, LearningRateSchedule Schedule = LearningRateSchedule.Cosine, double WarmUp = 0)
{
    private const string Known = "a number above 0 and below 10, or default, is expected, then any of constant, cosine, step, one-cycle, warm-up=";

    /// <exception cref="TinyNasException">TNAS0002.</exception>
    public static LearningRatePlan Parse(string text)
    {
        var parts = new SettingParts("LearningRate", text, Known);
        double? rate = null;
        if (parts.Head != "default")
            rate = double.TryParse(parts.Head, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0 && number < 10
                ? number : throw parts.Malformed(Known);
        LearningRateSchedule schedule = parts.Flag("constant") ? LearningRateSchedule.Constant
            : parts.Flag("step") ? LearningRateSchedule.Step
            : parts.Flag("one-cycle") ? LearningRateSchedule.OneCycle
            : LearningRateSchedule.Cosine;
        if (schedule == LearningRateSchedule.Cosine) parts.Flag("cosine");
        var plan = new LearningRatePlan(rate, schedule, parts.Number("warm-up", 0, 1) ?? 0);
        parts.RefuseRest();
        return plan;
    }

    public static implicit operator LearningRatePlan(double rate) => new(rate);

    /// <summary>Invariant, part of keys.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate:R},{Schedule},{WarmUp:R}");
}
