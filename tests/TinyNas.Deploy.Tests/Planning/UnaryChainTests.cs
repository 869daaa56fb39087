using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Operators that are functions of one value, run as one table.</summary>
[TestClass]
public class UnaryChainTests
{
    [TestMethod]
    public void TablesHoldWhatTheOperatorsGive()
    {
        int tables = 0, byChannel = 0, longest = 0;
        for (ulong seed = 0; seed < 150; seed++)
        {
            Graph graph = Chain(seed);
            foreach (PlannedStep step in StepFusion.Steps(graph).Where(s => s.IsTable))
            {
                tables++;
                longest = Math.Max(longest, step.Operators.Length);
                var table = (PreparedTable)StepPreparation.Of(graph, step)[0];
                if (table.Channels > 1) byChannel++;
                var interpreter = new Interpreter(graph);
                RandomStream random = RandomStream.Create(seed, 8);
                foreach (ref byte b in interpreter.Input()) b = (byte)random.NextInt(256);
                interpreter.Invoke();
                ReadOnlySpan<byte> input = interpreter.TensorBytes(table.Input), output = interpreter.TensorBytes(table.Output);
                for (int i = 0; i < input.Length; i++)
                    Assert.AreEqual((sbyte)output[i], table.Table[i % table.Channels * 256 + input[i]], $"seed {seed}, element {i}");
            }
        }
        Assert.IsTrue(tables > 100 && byChannel > 30 && longest > 4, $"{tables} tables, {byChannel} by channel, {longest} operators");
    }

    [TestMethod]
    public void EmittedTablesAgreeOnAThousandInputs()
    {
        int tables = 0, distinct = 0;
        for (ulong seed = 0; seed < 6; seed++)
        {
            Graph graph = Chain(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}");
            tables += plan.Steps.Sum(s => s.Parts.IsEmpty ? s.IsTable ? 1 : 0 : s.Parts.Count(p => p.IsTable));
            using EmittedProgram program = EmittedProgram.Compile(graph);
            distinct += program.MustEqualInterpreter(1000, seed);
        }
        Assert.IsTrue(tables > 3 && distinct > 1000, $"{tables} tables, {distinct} different outputs: a comparison that shows little");
    }

    [TestMethod]
    [DataRow("nanonas_vww_l010", 4)]
    [DataRow("colabnas_k4_c5", 2)]
    public void PreparationAtTheBeginningOfPublishedNetworksIsOneTable(string name, int least)
    {
        Graph graph = TfliteReader.Read(File.ReadAllBytes(Repository.Shared($"golden/{name}/model.tflite")), name);
        PlannedStep first = StepFusion.Steps(graph)[0];
        Assert.IsTrue(first.IsTable && first.Operators.Length >= least, $"{first.Operators.Length} operators");
    }

    [TestMethod]
    public void ATableLargerThanItsMapIsNotMade()
    {
        var g = new SmallGraph(3);
        int x = g.Input([1, 4, 4, 6]), y = g.Apply(OperatorCode.Mul, [x, g.Constant([6], g.Scale())], new ArithmeticOptions(), [1, 4, 4, 6], g.Scale());
        y = g.Apply(OperatorCode.Add, [y, g.Constant([6], g.Scale())], new ArithmeticOptions(), [1, 4, 4, 6], g.Scale());
        Assert.IsFalse(StepFusion.Steps(g.Build(y)).Any(s => s.IsTable));
    }

    /// <summary>Functions of one value, of which some differ by channel, a max-pool, more functions.</summary>
    private static Graph Chain(ulong seed)
    {
        var g = new SmallGraph(seed);
        int channels = g.Between(1, 4), side = g.Between(12, 34);
        ImmutableArray<int> shape = [1, side, side, channels];
        int x = g.Input(shape, type: seed % 3 == 0 ? ElementType.UInt8 : ElementType.Int8, scale: Quantization.PerTensor(0.05f, 100));
        x = g.Apply(OperatorCode.Quantize, [x], OperatorOptions.None, shape, g.Scale(0.06f));
        for (int i = g.Between(0, 4); i > 0; i--) x = Function(g, x, shape);
        Quantization scale = g[x].Quantization!;
        shape = [1, side / 2, side / 2, channels];
        x = g.Apply(OperatorCode.MaxPool2D, [x], new Pool2DOptions(Padding.Valid, 2, 2, 2, 2), shape, scale);
        for (int i = g.Between(0, 3); i > 0; i--) x = Function(g, x, shape);
        return g.Build(x);
    }

    private static int Function(SmallGraph g, int x, ImmutableArray<int> shape)
    {
        int channels = shape[^1];
        ImmutableArray<int> operand = g.Between(0, 2) switch { 0 => [1], 1 => [channels], _ => [1, 1, channels] };
        float scale = g[x].Quantization!.Scale;
        return g.Between(0, 5) switch
        {
            0 => g.Apply(OperatorCode.Mul, [x, g.Constant(operand, g.Scale(0.02f))], new ArithmeticOptions(), shape, g.Scale(scale)),
            1 => g.Apply(OperatorCode.Mul, [g.Constant(operand, g.Scale(0.02f)), x], new ArithmeticOptions(), shape, g.Scale(scale)),
            2 => g.Apply(OperatorCode.Add, [x, g.Constant(operand, g.Scale(scale))], new ArithmeticOptions(FusedActivation.Relu), shape, g.Scale(2 * scale)),
            3 => g.Apply(OperatorCode.Sub, [g.Constant(operand, g.Scale(scale)), x], new ArithmeticOptions(), shape, g.Scale(2 * scale)),
            4 => g.Apply(OperatorCode.LeakyRelu, [x], new LeakyReluOptions(0.3f), shape, g.Scale(scale)),
            _ => g.Apply(OperatorCode.Prelu, [x, g.Constant([1, 1, channels], g.Scale(0.02f))], OperatorOptions.None, shape, g.Scale(scale)),
        };
    }
}
