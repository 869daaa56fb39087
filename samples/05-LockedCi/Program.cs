using Gestures;

// Half a turn of the wrist, made up: what matters here is that the class is there although nothing was searched.
var network = new Gesture();
float[] window = new float[Gesture.InputLength];
for (int row = 0; row < window.Length / 3; row++) window[3 * row + 2] = 1;
Console.WriteLine($"lying still: {network.Predict(window).Name}");
