using System.Text.Json;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>A real data set as a search sees it, with a test set of its own and a network of a size that suits it.</summary>
internal sealed record StudyData(string Name, DataSet Train, DataSet Test, Network Network, int Epochs)
{
    public static readonly string[] Names = ["sign_digits", "mnist", "har", "gesture"];

    public static StudyData Load(string name, string root) => name switch
    {
        "sign_digits" => OfFiles(name, root, "data/images/sign_digits/train", "data/images/sign_digits/test", new Shape(50, 50, 3), 8, 4, 160),
        "mnist" => OfFiles(name, root, "data/images/mnist", "data/images/mnist", null, 8, 3, 4),
        "har" => OfFiles(name, root, "data/har/sp_sw_har/windows_sp_train.npz", "data/har/sp_sw_har/windows_sp_test.npz", null, 8, 4, 60),
        "gesture" => Gesture(Path.Combine(root, "data/gesture/magic_wand_digits")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>Training and validation sides as a build makes them.</summary>
    public SearchData Split(int seed) => new(Train, Splitter.HoldOut(Train, 0.2, (ulong)seed), Augmentation.Default(Train), (ulong)seed);

    public TrainingOptions Options(int seed) => new()
    {
        Seed = (ulong)seed, Epochs = Epochs, LearningRate = Adam.Keras.DefaultRate, Schedule = LearningRateSchedule.Cosine,
    };

    /// <summary>The test set as the int8 network gets it.</summary>
    public IntegerSamples Integers(InputEncoding encoding) => new(Test, AllOf(Test), encoding);

    /// <summary>Share of the test set that the network classifies rightly before quantisation.</summary>
    public double FloatAccuracy(TrainedNetwork trained, InputEncoding encoding)
    {
        var samples = new SampleSource(Test, AllOf(Test), encoding, Augmentation.None, 1);
        var network = new FloatNetwork(trained);
        float[] sample = new float[network.Input.Count], scores = new float[network.Outputs];
        int right = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            samples.Read(i, 0, sample);
            network.Infer(sample, scores);
            if (Array.IndexOf(scores, scores.Max()) == samples.Target(i)) right++;
        }
        return (double)right / samples.Count;
    }

    public TrainedNetwork TrainFloat(SearchData data, TrainingOptions options)
    {
        using ITrainingRun run = new ManagedTrainer().Begin(Network, options, data.Training);
        while (run.Epoch < options.Epochs)
            if (run.RunEpoch(default).Diverged is { } reason) throw new InvalidOperationException(reason);
        return run.Snapshot();
    }

    private static StudyData OfFiles(string name, string root, string train, string test, Shape? input, int k, int c, int epochs)
    {
        // The first of MNIST's two files is the test set by name, so both are named.
        (string trainPath, string testPath) = name == "mnist" ? (train + "/train-images-idx3-ubyte.gz", test + "/t10k-images-idx3-ubyte.gz") : (train, test);
        DataSet data = DataSetReader.Read(new DataOptions { Path = Path.GetFullPath(Path.Combine(root, trainPath)), Input = input });
        return Of(name, data, DataSetReader.Read(new DataOptions { Path = Path.GetFullPath(Path.Combine(root, testPath)) }, data), k, c, epochs);
    }

    private static StudyData Of(string name, DataSet train, DataSet test, int k, int c, int epochs) =>
        new(name, train, test, new NanoNasSpace().Build(NanoNasSpace.At(k, c), train.Shape, train.Labels.Length)!, epochs);

    /// <summary>Strokes of a wand, resampled to 64 points; every fourth is for the test, as the data's notes propose.</summary>
    private static StudyData Gesture(string folder)
    {
        const int points = 64;
        var sides = new (List<float> Values, List<int> Targets)[] { ([], []), ([], []) };
        for (int digit = 0; digit < 10; digit++)
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, $"petewarden_{digit}.json")));
            int position = 0;
            foreach (JsonElement stroke in file.RootElement.GetProperty("strokes").EnumerateArray())
            {
                var (values, targets) = sides[position++ % 4 == 3 ? 1 : 0];
                targets.Add(digit);
                JsonElement[] path = [.. stroke.GetProperty("strokePoints").EnumerateArray()];
                for (int i = 0; i < points; i++)
                {
                    JsonElement at = path[i * (path.Length - 1) / (points - 1)];
                    values.Add(at.GetProperty("x").GetSingle());
                    values.Add(at.GetProperty("y").GetSingle());
                }
            }
        }
        DataSet[] sets = [.. sides.Select((s, i) => new DataSet
        {
            Shape = new Shape(1, points, 2), ElementType = ElementType.Float32, Floats = [.. s.Values], Targets = [.. s.Targets],
            Labels = [.. Enumerable.Range(0, 10).Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture))], ContentHash = $"gesture {i}",
        })];
        return Of("gesture", sets[0], sets[1], 6, 3, 60);
    }

    private static int[] AllOf(DataSet data) => [.. Enumerable.Range(0, data.Count)];
}
