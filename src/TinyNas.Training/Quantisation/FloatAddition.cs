using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Activations in floats, and the sum that may have one.</summary>
internal static class FloatAddition
{
    public static void Run(AddStage stage, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] + b[i];
        Activate(stage.Activation, y);
    }

    /// <summary>Keeps NaN, which calibration reports.</summary>
    public static void Activate(FusedActivation activation, Span<float> y)
    {
        if (activation is FusedActivation.Relu or FusedActivation.Relu6)
            foreach (ref float value in y) value = value < 0 ? 0 : value;
        if (activation == FusedActivation.Relu6)
            foreach (ref float value in y) value = value > 6 ? 6 : value;
    }
}
