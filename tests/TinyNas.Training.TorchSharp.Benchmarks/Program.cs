using TinyNas.Training.TorchSharp.Benchmarks;

// The two trainers side by side:
//   dotnet run -c Release --project tests/TinyNas.Training.TorchSharp.Benchmarks -p:WithTorchSharp=true -- COMMAND [--batch 32] [--device cpu]
//     gradients                     loss and gradients of one batch, six networks
//     curves [--steps 100]          losses of steps on one batch, six networks
//     speed [--rounds 5] [--seconds 1]   samples per second of forward, backward and Adam, in turns
//     accuracy [--seeds 3] [--epochs 60] [--data ../shared]   int8 accuracy of one network on images of hand signs
var options = new Options(args);
switch (args.FirstOrDefault())
{
    case "gradients": GradientTable.Print(options); return 0;
    case "curves": CurveTable.Print(options); return 0;
    case "speed": SpeedTable.Print(options); return 0;
    case "accuracy": AccuracyTable.Print(options); return 0;
    default:
        Console.Error.WriteLine("gradients, curves, speed or accuracy is expected");
        return 2;
}
