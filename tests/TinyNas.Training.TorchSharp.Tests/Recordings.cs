using System.Globalization;
using System.Text;

namespace TinyNas.Training.TorchSharp.Tests;

internal static class Recordings
{
    /// <summary>Recordings of two axes, 16 rows a window: slow and fast oscillations. One file a group.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        for (int file = 0; file < 6; file++)
        {
            var text = new StringBuilder("x,y,label\n");
            foreach (var (label, period) in new[] { ("slow", 16), ("fast", 4) })
                for (int row = 0; row < 160; row++)
                {
                    double angle = 2 * Math.PI * (row + 3 * file) / period;
                    text.Append(CultureInfo.InvariantCulture, $"{Math.Sin(angle) * (1 + file * 0.1):0.000},{Math.Cos(angle):0.000},{label}\n");
                }
            File.WriteAllText(Path.Combine(folder, $"person-{file}.csv"), text.ToString());
        }
    }
}
