using Gestures;

// A .tflite says nothing about the units of its data, so the class takes and gives what the model itself does: int8.
var network = new Gesture();
sbyte[] input = new sbyte[Gesture.InputLength], output = new sbyte[Gesture.OutputLength];
network.Invoke(input, output);
Console.WriteLine($"{Gesture.InputLength} values in, {output.Length} out: {string.Join(' ', output)}");
