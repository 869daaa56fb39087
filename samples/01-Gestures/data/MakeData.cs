#!/usr/bin/env dotnet
#:property PublishAot=false
// Makes the recordings beside it: dotnet run MakeData.cs. A wrist-worn accelerometer at 25 Hz, in units of gravity; twelve
// people who differ in how they wear it, how strongly and how fast they move, and on which side. Idle is both sitting and
// walking. Always the same numbers.
using System.Globalization;

const double SampleRate = 25;
string[] gestures = ["circle", "idle", "shake", "swipe"];
string folder = args.Length > 0 ? args[0] : Environment.CurrentDirectory;

for (int person = 1; person <= 12; person++)
{
    var random = new Numbers((ulong)person);
    var wearer = new Wearer(
        Strength: random.Between(0.5, 1.4), Speed: random.Between(0.7, 1.35), Hand: person % 3 == 0 ? -1 : 1,
        Roll: random.Between(-0.5, 0.5), Pitch: random.Between(-0.4, 0.4), Noise: random.Between(0.06, 0.14));
    string side = person <= 9 ? "train" : "test";
    Directory.CreateDirectory(Path.Combine(folder, side));
    using var file = new StreamWriter(Path.Combine(folder, side, $"person-{person:00}.csv")) { NewLine = "\n" };
    file.WriteLine("ax,ay,az,label");
    for (int take = 0; take < 2; take++)
        foreach (string gesture in gestures)
            foreach (var (x, y, z) in Record(gesture == "idle" && take == 1 ? "walk" : gesture, wearer, random, rows: 160))
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{x:0.00},{y:0.00},{z:0.00},{gesture}"));
}

static IEnumerable<(double X, double Y, double Z)> Record(string gesture, Wearer wearer, Numbers random, int rows)
{
    double roll = wearer.Roll + 0.15 * random.Normal(), pitch = wearer.Pitch + 0.15 * random.Normal();
    double phase = random.Between(0, 2 * Math.PI), pulse = random.Between(0.1, 0.5), direction = 1;
    double strength = wearer.Strength, speed = wearer.Speed;
    for (int row = 0; row < rows; row++)
    {
        // Nobody moves evenly: strength and speed wander around the person's own.
        strength += 0.05 * (wearer.Strength - strength) + 0.05 * random.Normal();
        speed += 0.05 * (wearer.Speed - speed) + 0.04 * random.Normal();
        double t = row / SampleRate, mx = 0, my = 0, mz = 0;
        switch (gesture)
        {
            case "circle":
                phase += 2 * Math.PI * 1.5 * speed / SampleRate;
                (mx, mz) = (0.7 * strength * Math.Cos(phase), 0.55 * strength * Math.Sin(phase));
                my = 0.15 * strength * Math.Cos(phase + 0.8);
                break;
            case "shake":
                phase += 2 * Math.PI * 4 * speed / SampleRate;
                mx = strength * (1.1 * Math.Sin(phase) + 0.25 * Math.Sin(3 * phase));
                (my, mz) = (0.3 * strength * Math.Sin(phase + 0.6), 0.2 * strength * Math.Sin(phase + 1.1));
                break;
            case "swipe":
                // Speeding up, then braking; then the way back.
                double width = 0.11 / speed, u = (t - pulse) / width;
                if (u > 4) (pulse, direction) = (t + width * 4 + random.Between(0.15, 0.45) / speed, -direction);
                mx = -2.1 * strength * direction * u * Math.Exp(-0.5 * u * u);
                mz = 0.35 * strength * Math.Exp(-0.5 * u * u);
                break;
            case "walk":
                // No gesture, yet the arm swings and every step shakes it.
                phase += 2 * Math.PI * 0.95 * speed / SampleRate;
                (mx, mz) = (0.45 * strength * Math.Cos(phase), 0.4 * strength * Math.Sin(2 * phase + 0.7));
                my = 0.2 * strength * Math.Sin(phase + 0.4);
                break;
            default:
                phase += 2 * Math.PI * 0.3 * speed / SampleRate;
                (mx, mz) = (0.05 * strength * Math.Sin(phase), 0.04 * strength * Math.Cos(0.7 * phase));
                // Now and then something else happens: a bump, a turn of the wrist.
                if (random.Between(0, 1) < 0.01) pulse = t;
                my = 0.5 * Math.Exp(-Math.Pow((t - pulse) / 0.06, 2));
                break;
        }
        roll += 0.012 * random.Normal();
        pitch += 0.012 * random.Normal();
        yield return (
            Clip(wearer.Hand * mx - Math.Sin(pitch) + wearer.Noise * random.Normal()),
            Clip(my + Math.Sin(roll) * Math.Cos(pitch) + wearer.Noise * random.Normal()),
            Clip(mz + Math.Cos(roll) * Math.Cos(pitch) + wearer.Noise * random.Normal()));
    }
}

// The sensor ends at four times gravity.
static double Clip(double value) => Math.Clamp(value, -4, 4);

internal sealed record Wearer(double Strength, double Speed, int Hand, double Roll, double Pitch, double Noise);

/// <summary>SplitMix64: the same numbers on every machine and version.</summary>
internal sealed class Numbers(ulong seed)
{
    private ulong state = seed * 0x9E3779B97F4A7C15UL;

    public double Between(double low, double high)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return low + (high - low) * ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Between(0, 1))) * Math.Cos(2 * Math.PI * Between(0, 1));
}
