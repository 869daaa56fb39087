using TinyNas.Model;

namespace TinyNas.Training.Tests.Distilled;

[TestClass]
public sealed class DistillationTests
{
    /// <summary>Loss and gradient against the definition in double precision.</summary>
    [TestMethod]
    [DataRow(0.5, 4)]
    [DataRow(0.9, 1.5)]
    public void TheGradientIsTheSlopeOfTheLoss(double share, double temperature)
    {
        using var arena = new Arena();
        var plan = new PlanContext(arena, KernelSet.Best, new ParameterStore(), new StepClock(1), 1, 0);
        FeatureMap Map() => new(arena, new Shape(1, 1, 3), 1, default, compact: true, int.MinValue, int.MaxValue);
        FeatureMap logits = Map(), gradient = Map(), taught = Map();
        var teacher = new Teacher(null!, share, temperature);
        var loss = new DistillationLoss(plan, new SoftmaxCrossEntropy(plan, logits, gradient, new TrainingOptions { BatchSize = 16 }), taught, logits, gradient, teacher);
        arena.Place();
        arena.Commit();
        int[] targets = [.. Enumerable.Range(0, 16).Select(i => i % 3)];
        for (int i = 0; i < 48; i++)
        {
            logits.Pixel(0, 0, 0)[i] = (float)(3 * Math.Sin(i + 1));
            taught.Pixel(0, 0, 0)[i] = (float)(5 * Math.Cos(i * i));
        }
        double[] z = [.. logits.Pixel(0, 0, 0).ToArray().Select(v => (double)v)], t = [.. taught.Pixel(0, 0, 0).ToArray().Select(v => (double)v)];
        double[] Softmax(double[] scores, int n, double temp)
        {
            double[] e = [.. Enumerable.Range(0, 3).Select(c => Math.Exp(scores[c * 16 + n] / temp))];
            return [.. e.Select(v => v / e.Sum())];
        }
        double Expected() => Enumerable.Range(0, 16).Average(n =>
        {
            double[] p = Softmax(t, n, temperature), q = Softmax(z, n, temperature);
            return (1 - share) * -Math.Log(Softmax(z, n, 1)[targets[n]]) + share * temperature * temperature * p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum();
        });
        Assert.AreEqual(Expected(), loss.Forward(targets), 1e-7);
        for (int i = 0; i < 48; i++)
        {
            double was = z[i];
            z[i] = was + 1e-5;
            double up = Expected();
            z[i] = was - 1e-5;
            double down = Expected();
            z[i] = was;
            Assert.AreEqual((up - down) / 2e-5, gradient.Pixel(0, 0, 0)[i], 1e-7, $"logit {i}");
        }
    }

    /// <summary>Without any label of its own (share near 1, every target wrong) a student learns the task from its teacher alone.</summary>
    [TestMethod]
    public void AStudentLearnsFromItsTeachersScores()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(12, 12, 1), 3, 480);
        var trainer = new ManagedTrainer();
        var options = new TrainingOptions { Seed = 1, Epochs = 20, LearningRate = 1e-2, Schedule = LearningRateSchedule.Cosine };
        TrainedNetwork Train(Network network, TrainingOptions with, ArraySource on)
        {
            using ITrainingRun run = trainer.Begin(network, with, on);
            while (run.Epoch < with.Epochs) Assert.IsNull(run.RunEpoch(default).Diverged);
            return run.Snapshot();
        }
        Network small = Networks.NanoNas(samples.Shape, 3, 6, 8);
        TrainedNetwork teacher = Train(new TeacherPlan(2).Widen(small), options, samples);
        var mute = new ArraySource(samples.Shape, 3, [.. Enumerable.Range(0, samples.Count).SelectMany(i => Read(samples, i))], new int[samples.Count]);
        TrainedNetwork student = Train(small, options with { Teacher = new Teacher(teacher, 0.999) }, mute);
        double taught = Accuracy(teacher, samples), learnt = Accuracy(student, samples);
        Assert.IsGreaterThan(0.9, taught);
        Assert.IsGreaterThan(taught - 0.1, learnt);
    }

    [TestMethod]
    public void AWiderNetworkIsWiderEverywhereButAtItsEnds()
    {
        Network wide = new TeacherPlan(2.5).Widen(Networks.Separable);
        CollectionAssert.AreEqual(new[] { 13, 13, 18, 18, 15 }, wide.Layers.OfType<Conv>().Select(c => c.Filters).ToArray());
        Assert.AreEqual(new Shape(1, 1, 3), wide.Shapes()[^1]);
        Assert.IsTrue(wide.Layers.OfType<Conv>().Where(c => c.Groups > 1).All(c => c.Groups == c.Filters));
        Assert.AreEqual(new Shape(1, 1, 3), new TeacherPlan(3).Widen(Networks.Residual).Shapes()[^1]);
    }

    private static float[] Read(ArraySource samples, int index)
    {
        var values = new float[samples.Shape.Count];
        samples.Read(index, 0, values);
        return values;
    }

    private static double Accuracy(TrainedNetwork trained, ArraySource samples)
    {
        var network = new FloatNetwork(trained);
        var scores = new float[3];
        int right = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            network.Infer(Read(samples, i), scores);
            if (Array.IndexOf(scores, scores.Max()) == samples.Target(i)) right++;
        }
        return (double)right / samples.Count;
    }
}
