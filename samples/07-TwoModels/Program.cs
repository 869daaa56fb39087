using TwoModels;

// Two networks in one program, each with its own budget; both see the same window.
float[] window = new float[Gesture.InputLength];
for (int row = 0; row < window.Length / 3; row++) window[3 * row + 2] = 1;
Console.WriteLine($"watcher ({Watcher.Macs} MACs): {new Watcher().Predict(window).Name}");
Console.WriteLine($"gesture ({Gesture.Macs} MACs): {new Gesture().Predict(window).Name}");
