using System.Buffers;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Samples <paramref name="indices"/> of a data set, augmented and normalised. What sample and epoch change is drawn from
/// their own random stream, so the order and the threads of reading do not matter. Values saturate where the int8 input
/// does: a network trained on outliers that it will never see is scored for another task than the firmware's.
/// </summary>
public sealed class SampleSource(DataSet data, int[] indices, InputEncoding encoding, Augmentation augmentation, ulong seed) : ISampleSource
{
    private static readonly ulong Later = RandomStream.KeyOf("geometry and masks");
    private readonly float[] mean = [.. encoding.Mean];
    private readonly float[] inverseDeviation = [.. encoding.InverseDeviation];
    private readonly float least = (sbyte.MinValue - encoding.ZeroPoint) * encoding.Scale;
    private readonly float most = (sbyte.MaxValue - encoding.ZeroPoint) * encoding.Scale;
    private readonly bool plain = augmentation == Augmentation.None;
    private readonly bool isByte = data.ElementType == ElementType.UInt8;
    private readonly int mostDown = (int)(augmentation.Shift * data.Shape.Height + 0.5);
    private readonly int mostRight = (int)(augmentation.Shift * data.Shape.Width + 0.5);

    public Shape Shape => data.Shape;

    public int Count => indices.Length;

    public int Classes => data.Labels.Length;

    public int Target(int index) => data.Targets[indices[index]];

    public bool IsMixed => augmentation.MixUp > 0;

    public (int Target, float Share) MixtureOf(int index, int epoch)
    {
        if (!IsMixed) return (Target(index), 0);
        var (other, share) = MixUp.Draw(augmentation.MixUp, Count, seed, indices[index], epoch);
        return (Target(other), share);
    }

    public void Read(int index, int epoch, Span<float> destination)
    {
        ReadOne(index, epoch, destination);
        if (!IsMixed) return;
        var (other, share) = MixUp.Draw(augmentation.MixUp, Count, seed, indices[index], epoch);
        float[] second = ArrayPool<float>.Shared.Rent(data.Shape.Count);
        ReadOne(other, epoch, second);
        for (int i = 0; i < data.Shape.Count; i++) destination[i] += (second[i] - destination[i]) * share;
        ArrayPool<float>.Shared.Return(second);
    }

    private void ReadOne(int index, int epoch, Span<float> destination)
    {
        Shape shape = data.Shape;
        int size = shape.Count, sample = indices[index];
        destination = destination[..size];
        if (plain)
        {
            Widen(sample * size, destination);
            Finish(destination, 0, 1, 1, default);
            return;
        }
        // Every draw happens whatever is switched on, so that one setting does not change what another one does.
        var stream = RandomStream.Create(seed, (ulong)sample, (ulong)epoch);
        bool flip = stream.NextInt(2) == 1 && augmentation.Flip;
        int down = stream.NextInt(2 * mostDown + 1) - mostDown, right = stream.NextInt(2 * mostRight + 1) - mostRight;
        float stretch = 1 + (2 * stream.NextSingle() - 1) * (float)augmentation.Contrast;
        float gain = 1 + (2 * stream.NextSingle() - 1) * (float)augmentation.Scale;

        // What came later draws from a stream of its own, for the same reason.
        var later = RandomStream.Create(seed, Later, (ulong)sample, (ulong)epoch);
        if (augmentation.Rotation > 0 || augmentation.Crop > 0) Turn(sample, destination, flip, down, right, ref later);
        else Move(sample, destination, flip, Augmentation.IsWindow(shape) ? 0 : down, right);
        Finish(destination, augmentation.Contrast > 0 ? Centre(destination) : 0, stretch, gain, stream);
        Mask(destination, ref later);
    }

    private void Turn(int sample, Span<float> to, bool flip, int down, int right, ref RandomStream random)
    {
        double degrees = (2 * random.NextDouble() - 1) * augmentation.Rotation;
        double zoomY = 1 - augmentation.Crop * random.NextDouble(), zoomX = 1 - augmentation.Crop * random.NextDouble();
        // A crop lies anywhere within the picture.
        double freeY = (1 - zoomY) * (data.Shape.Height - 1), freeX = (1 - zoomX) * (data.Shape.Width - 1);
        double y = freeY * (random.NextDouble() - 0.5) - down, x = freeX * (random.NextDouble() - 0.5) - right;
        float[] plain = ArrayPool<float>.Shared.Rent(to.Length);
        Move(sample, plain.AsSpan(0, to.Length), flip, 0, 0);
        new Warp(data.Shape, degrees, zoomY, zoomX, y, x).Apply(data.Shape, plain, to, isByte);
        ArrayPool<float>.Shared.Return(plain);
    }

    private void Mask(Span<float> values, ref RandomStream random)
    {
        Shape shape = data.Shape;
        if (augmentation.CutOut > 0) Masks.CutOut(shape, values, augmentation.CutOut, ref random);
        bool isWindow = Augmentation.IsWindow(shape);
        if (augmentation.TimeMask > 0 && isWindow) Masks.Columns(shape, values, augmentation.TimeMask, ref random);
        else if (augmentation.TimeMask > 0) Masks.Rows(shape, values, augmentation.TimeMask, ref random);
        if (augmentation.FrequencyMask > 0 && isWindow) Masks.Channels(shape, values, augmentation.FrequencyMask, ref random);
        else if (augmentation.FrequencyMask > 0) Masks.Columns(shape, values, augmentation.FrequencyMask, ref random);
    }

    /// <summary>Everything that happens to one value. Bytes have only 256: each is worked out once per sample and channel, then looked up.</summary>
    private void Finish(Span<float> values, float centre, float stretch, float gain, RandomStream noise)
    {
        int channels = data.Shape.Channels;
        if (isByte && augmentation.Jitter == 0)
        {
            Span<float> table = stackalloc float[256];
            for (int c = 0; c < channels; c++)
            {
                for (int i = 0; i < 256; i++) table[i] = Saturate(Normalise(Change(i, centre, stretch, gain), c));
                for (int i = c; i < values.Length; i += channels) values[i] = table[ByteOf(values[i])];
            }
            return;
        }
        for (int i = 0; i < values.Length;)
            for (int c = 0; c < channels; c++, i++)
            {
                float value = Normalise(Change(values[i], centre, stretch, gain), c);
                if (augmentation.Jitter > 0) value += (float)(augmentation.Jitter * noise.NextNormal());
                values[i] = Saturate(value);
            }
    }

    /// <summary>Contrast about the centre, bytes staying within what a camera delivers, and gain; in the data's own units.</summary>
    private float Change(float value, float centre, float stretch, float gain)
    {
        if (augmentation.Contrast > 0)
        {
            value = centre + (value - centre) * stretch;
            if (isByte) value = Math.Clamp(value, 0, 255);
        }
        return augmentation.Scale > 0 ? value * gain : value;
    }

    private float Normalise(float value, int channel) => (value - mean[channel]) * inverseDeviation[channel];

    private float Saturate(float value) => Math.Clamp(value, least, most);

    /// <summary>Without the checks for values out of range that a cast has: these are bytes.</summary>
    private static int ByteOf(float value) => float.ConvertToIntegerNative<int>(value);

    private float Centre(ReadOnlySpan<float> values)
    {
        double sum = 0;
        if (isByte)
        {
            // Whole numbers: the same sum in any order, and integers add four times as fast.
            long whole = 0;
            foreach (float value in values) whole += ByteOf(value);
            sum = whole;
        }
        else
        {
            foreach (float value in values) sum += value;
        }
        return (float)(sum / values.Length);
    }

    /// <summary>Pixel (y, x) comes from (y - down, x - right), mirrored if asked, nearest edge pixel where that is outside.</summary>
    private void Move(int sample, Span<float> to, bool flip, int down, int right)
    {
        Shape shape = data.Shape;
        int channels = shape.Channels, width = shape.Width, start = sample * to.Length;
        // Mirroring last turns a shift to the right into one to the left.
        int shift = Math.Clamp(flip ? -right : right, 1 - width, width - 1);
        int firstRead = Math.Max(0, -shift), firstWritten = Math.Max(0, shift), moved = width - Math.Abs(shift);
        for (int y = 0; y < shape.Height; y++)
        {
            int row = start + Math.Clamp(y - down, 0, shape.Height - 1) * width * channels;
            Span<float> line = to.Slice(y * width * channels, width * channels);
            Widen(row + firstRead * channels, line.Slice(firstWritten * channels, moved * channels));
            for (int x = 0; x < firstWritten; x++)
                line.Slice(firstWritten * channels, channels).CopyTo(line[(x * channels)..]);
            for (int x = firstWritten + moved; x < width; x++)
                line.Slice((firstWritten + moved - 1) * channels, channels).CopyTo(line[(x * channels)..]);
            if (flip) Mirror(line, channels);
        }
    }

    private static void Mirror(Span<float> line, int channels)
    {
        for (int left = 0, right = line.Length - channels; left < right; left += channels, right -= channels)
            for (int c = 0; c < channels; c++) (line[left + c], line[right + c]) = (line[right + c], line[left + c]);
    }

    private void Widen(int from, Span<float> to)
    {
        if (!isByte)
        {
            data.Floats.AsSpan(from, to.Length).CopyTo(to);
            return;
        }
        ReadOnlySpan<byte> bytes = data.Bytes.AsSpan(from, to.Length);
        for (int i = 0; i < to.Length; i++) to[i] = bytes[i];
    }
}
