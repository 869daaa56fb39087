using System.Globalization;
using Gestures;

// The class Gesture comes from the build: it computes the very integers that the C firmware computes.
string recording = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "recordings", "person-10.csv");
string[][] rows = [.. File.ReadLines(recording).Skip(1).Select(line => line.Split(','))];
float[] samples = [.. rows.SelectMany(row => row.Take(3)).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture))];

var network = new Gesture();
Console.WriteLine($"{Path.GetFileName(recording)}, one line per 1.28 s: time, what was moved, what the network says");
int right = 0, windows = 0;
for (int start = 0; start + Gesture.InputLength <= samples.Length; start += Gesture.InputLength)
{
    Gesture.Prediction answer = network.Predict(samples.AsSpan(start, Gesture.InputLength));
    string moved = rows[start / 3][3];
    string scores = string.Join("  ", Gesture.Labels.Select((label, i) => string.Create(CultureInfo.InvariantCulture, $"{label} {answer.Scores[i],6:0.000}")));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start / 3 / 25.0,6:0.00} s  {moved,-7} {answer.Name,-7} {scores}"));
    windows++;
    if (answer.Name == moved) right++;
}
Console.WriteLine($"{right} of {windows} right");
