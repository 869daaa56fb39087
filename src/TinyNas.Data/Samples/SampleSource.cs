using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Samples <paramref name="indices"/> of a data set, augmented and normalised. What sample and epoch change is drawn from
/// their own random stream, so the order and the threads of reading do not matter. Values saturate where the int8 input
/// does: a network trained on outliers that it will never see is scored for another task than the firmware's.
/// </summary>
public sealed class SampleSource(DataSet data, int[] indices, InputEncoding encoding, Augmentation augmentation, ulong seed) : ISampleSource
{
    private readonly float[] mean = [.. encoding.Mean];
    private readonly float[] inverseDeviation = [.. encoding.InverseDeviation];
    private readonly float least = (sbyte.MinValue - encoding.ZeroPoint) * encoding.Scale;
    private readonly float most = (sbyte.MaxValue - encoding.ZeroPoint) * encoding.Scale;
    private readonly bool plain = augmentation == Augmentation.None;
    private readonly int mostDown = (int)(augmentation.Shift * data.Shape.Height + 0.5);
    private readonly int mostRight = (int)(augmentation.Shift * data.Shape.Width + 0.5);

    public Shape Shape => data.Shape;

    public int Count => indices.Length;

    public int Classes => data.Labels.Length;

    public int Target(int index) => data.Targets[indices[index]];

    public void Read(int index, int epoch, Span<float> destination)
    {
        Shape shape = data.Shape;
        int size = shape.Count, channels = shape.Channels, sample = indices[index];
        destination = destination[..size];
        if (plain)
        {
            Copy(sample, destination);
            Normalise(destination, channels);
            Saturate(destination);
            return;
        }
        // Every draw happens whatever is switched on, so that one setting does not change what another one does.
        var stream = RandomStream.Create(seed, (ulong)sample, (ulong)epoch);
        bool flip = stream.NextInt(2) == 1 && augmentation.Flip;
        int down = stream.NextInt(2 * mostDown + 1) - mostDown, right = stream.NextInt(2 * mostRight + 1) - mostRight;
        float stretch = 1 + (2 * stream.NextSingle() - 1) * (float)augmentation.Contrast;
        float gain = 1 + (2 * stream.NextSingle() - 1) * (float)augmentation.Scale;

        if (Augmentation.IsWindow(shape)) Move(sample, destination, flip, 0, right);
        else Move(sample, destination, flip, down, right);
        if (augmentation.Contrast > 0) Stretch(destination, stretch);
        if (augmentation.Scale > 0)
            for (int i = 0; i < size; i++) destination[i] *= gain;
        Normalise(destination, channels);
        if (augmentation.Jitter > 0)
            for (int i = 0; i < size; i++) destination[i] += (float)(augmentation.Jitter * stream.NextNormal());
        Saturate(destination);
    }

    private void Copy(int sample, Span<float> to)
    {
        int start = sample * to.Length;
        if (data.ElementType == ElementType.Float32)
            data.Floats.AsSpan(start, to.Length).CopyTo(to);
        else
            for (int i = 0; i < to.Length; i++) to[i] = data.Bytes[start + i];
    }

    /// <summary>Pixel (y, x) comes from (y - down, x - right), mirrored if asked, nearest edge pixel where that is outside.</summary>
    private void Move(int sample, Span<float> to, bool flip, int down, int right)
    {
        Shape shape = data.Shape;
        int channels = shape.Channels, start = sample * to.Length, at = 0;
        bool isFloat = data.ElementType == ElementType.Float32;
        for (int y = 0; y < shape.Height; y++)
        {
            int row = start + Math.Clamp(y - down, 0, shape.Height - 1) * shape.Width * channels;
            for (int x = 0; x < shape.Width; x++)
            {
                int column = Math.Clamp(x - right, 0, shape.Width - 1);
                int from = row + (flip ? shape.Width - 1 - column : column) * channels;
                for (int c = 0; c < channels; c++) to[at++] = isFloat ? data.Floats[from + c] : data.Bytes[from + c];
            }
        }
    }

    /// <summary>About the sample's mean; bytes stay within what a camera delivers.</summary>
    private void Stretch(Span<float> values, float factor)
    {
        double sum = 0;
        foreach (float value in values) sum += value;
        float centre = (float)(sum / values.Length);
        bool isByte = data.ElementType == ElementType.UInt8;
        for (int i = 0; i < values.Length; i++)
        {
            float value = centre + (values[i] - centre) * factor;
            values[i] = isByte ? Math.Clamp(value, 0, 255) : value;
        }
    }

    private void Normalise(Span<float> values, int channels)
    {
        for (int i = 0; i < values.Length;)
            for (int c = 0; c < channels; c++, i++) values[i] = (values[i] - mean[c]) * inverseDeviation[c];
    }

    private void Saturate(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Math.Clamp(values[i], least, most);
    }
}
