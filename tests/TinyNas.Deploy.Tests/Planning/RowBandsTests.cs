using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Wide maps between two convolutions that exist a band of rows at a time.</summary>
[TestClass]
public class RowBandsTests
{
    [TestMethod]
    public void EveryRowIsComputedOnceAndIsThereWhenItIsNeeded()
    {
        for (int height = 1; height < 12; height++)
            for (int filter = 1; filter < 6; filter++)
                for (int stride = 1; stride < 4; stride++)
                    for (int dilation = 1; dilation < 3; dilation++)
                        for (int rows = 1; rows < 4; rows++)
                        {
                            int reach = (filter - 1) * dilation + 1, outputs = (height + stride - 1) / stride, pad = Math.Max((outputs - 1) * stride + reach - height, 0) / 2;
                            Check(new Window2D(height, 1, outputs, 1, filter, 1, stride, 1, dilation, 1, pad, 0), rows);
                        }
    }

    [TestMethod]
    public void BandsLoseNoByteAndTakeLess()
    {
        int banded = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Graph graph = Networks.Inverted(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}");
            Assert.IsTrue(plan.ArenaBytes >= plan.LivenessBound && plan.ArenaBytes >= plan.OrderBound, $"seed {seed}");
            if (plan.Steps.All(s => s.BandRows == 0)) continue;
            banded++;
            int whole = new StepCosts(graph, StepFusion.Steps(graph)).Peak(Enumerable.Range(0, graph.Operators.Length));
            Assert.IsTrue(plan.ArenaBytes < whole, $"seed {seed}");
        }
        Assert.IsTrue(banded > 20, $"only {banded} of 60 run in bands");
    }

    [TestMethod]
    public void EmittedBandsAgreeOnAThousandInputsAndAreEstimatedExactly()
    {
        for (ulong seed = 0, compared = 0; compared < 4; seed++)
        {
            Graph graph = Networks.Inverted(seed);
            if (Planner.Plan(graph, Budget.Unlimited).Steps.All(s => s.BandRows == 0)) continue;
            compared++;
            using EmittedProgram program = EmittedProgram.Compile(graph);
            int distinct = program.MustEqualInterpreter(1000, seed);
            Assert.IsTrue(distinct > 50, $"only {distinct} different outputs");
            using var folder = new TemporaryFolder();
            EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
            Command.Run(Arm.Compiler, ["-mcpu=cortex-m4", "-mthumb", "-std=c99", "-O0", "-c", "net.c"], folder.Path).MustSucceed("arm-none-eabi-gcc");
            string symbols = Command.Run(Command.Require("arm-none-eabi-nm", "binutils-arm-none-eabi"), ["-S", "net.o"], folder.Path).MustSucceed("nm").Output;
            long placed = symbols.Split('\n').Select(l => l.Split(' ')).Where(f => f.Length == 4 && f[2] is "r" or "R")
                .Sum(f => long.Parse(f[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            EmissionStep[] steps = [.. OperatorEmitters.Steps(graph, Planner.Plan(graph, Budget.Unlimited))];
            Assert.AreEqual(steps.Sum(s => OperatorEmitters.Of(s).Estimate(s).ConstantBytes), placed, $"seed {seed}: bytes of constants");
        }
    }

    private static void Check(Window2D w, int rows)
    {
        var buffer = new List<int>();
        int computed = 0, output = 0;
        foreach (RowBands.Band band in RowBands.Of(w, rows))
        {
            buffer.RemoveRange(0, Math.Min(band.Drop, buffer.Count));
            Assert.AreEqual(band.Keep, buffer.Count, $"{w} {rows}: kept");
            Assert.IsTrue(band.FirstNew >= computed, $"{w}: a row is computed twice");
            buffer.AddRange(Enumerable.Range(band.FirstNew, band.New));
            computed = band.FirstNew + band.New;
            Assert.AreEqual(band.Held, buffer.Count);
            Assert.AreEqual(output, band.FirstOutput);
            for (int o = 0; o < band.Outputs; o++, output++)
                for (int i = 0; i < w.FilterHeight; i++)
                {
                    int row = output * w.StrideHeight - w.PadTop + i * w.DilationHeight, inBuffer = o * w.StrideHeight - band.PadTop + i * w.DilationHeight;
                    if (row < 0 || row >= w.InputHeight) Assert.IsTrue(inBuffer < 0 || inBuffer >= buffer.Count, $"{w} {rows}: a row outside the map");
                    else Assert.AreEqual(row, inBuffer >= 0 && inBuffer < buffer.Count ? buffer[inBuffer] : -1, $"{w} {rows}: output row {output}, tap {i}");
                }
        }
        Assert.AreEqual(w.OutputHeight, output);
    }
}
