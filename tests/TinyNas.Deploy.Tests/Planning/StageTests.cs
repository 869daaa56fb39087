using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Maps between kernels that exist a few rows at a time.</summary>
[TestClass]
public class StageTests
{
    [TestMethod]
    public void EveryRowIsComputedOnceAndInOrder()
    {
        int stages = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Graph graph = Some(seed);
            foreach (PlannedStep step in Planner.Plan(graph, Budget.Unlimited).Steps.Where(s => !s.Parts.IsEmpty))
            {
                stages++;
                var stage = Stage.Of(graph, step);
                int[] done = new int[stage.Kernels.Length];
                foreach (StageTurn turn in stage.Actions.OfType<StageTurn>())
                {
                    Assert.AreEqual(done[turn.Part], turn.First, $"seed {seed}");
                    done[turn.Part] += turn.Rows;
                }
                // Rows at the end of a map that no window reaches are not computed.
                Assert.IsTrue(stage.Kernels.Zip(done).All(k => k.Second <= k.First.Height) && done[^1] == stage.Kernels[^1].Height, $"seed {seed}");
            }
        }
        Assert.IsTrue(stages > 40, $"only {stages} stages");
    }

    [TestMethod]
    public void StagesLoseNoByteAndTakeLess()
    {
        int banded = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Graph graph = Some(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}");
            Assert.IsTrue(plan.ArenaBytes >= plan.LivenessBound && plan.ArenaBytes >= plan.OrderBound, $"seed {seed}");
            if (plan.Steps.All(s => s.BandRows == 0)) continue;
            banded++;
            ImmutableArray<PlannedStep> steps = StepFusion.Steps(graph);
            int whole = new StepCosts(graph, steps).Peak(Enumerable.Range(0, steps.Length));
            Assert.IsTrue(plan.ArenaBytes < whole, $"seed {seed}");
        }
        Assert.IsTrue(banded > 20, $"only {banded} of 60 run in bands");
    }

    [TestMethod]
    public void EmittedStagesAgreeOnAThousandInputsAndAreEstimatedExactly()
    {
        int distinct = 0;
        for (ulong seed = 0, compared = 0; compared < 6; seed++)
        {
            Graph graph = Some(seed);
            if (Planner.Plan(graph, Budget.Unlimited).Steps.All(s => s.BandRows == 0)) continue;
            compared++;
            using EmittedProgram program = EmittedProgram.Compile(graph);
            distinct += program.MustEqualInterpreter(1000, seed);
            using var folder = new TemporaryFolder();
            EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
            Command.Run(Arm.Compiler, ["-mcpu=cortex-m4", "-mthumb", "-std=c99", "-O0", "-c", "net.c"], folder.Path).MustSucceed("arm-none-eabi-gcc");
            string symbols = Command.Run(Command.Require("arm-none-eabi-nm", "binutils-arm-none-eabi"), ["-S", "net.o"], folder.Path).MustSucceed("nm").Output;
            long placed = symbols.Split('\n').Select(l => l.Split(' ')).Where(f => f.Length == 4 && f[2] is "r" or "R")
                .Sum(f => long.Parse(f[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            EmissionStep[] steps = [.. OperatorEmitters.Steps(graph, Planner.Plan(graph, Budget.Unlimited))];
            Assert.AreEqual(steps.Sum(s => OperatorEmitters.Of(s).Estimate(s).ConstantBytes), placed, $"seed {seed}: bytes of constants");
        }
        Assert.IsTrue(distinct > 2000, $"only {distinct} different outputs");
    }

    [TestMethod]
    public void StripsTakeLessForWorkDoneTwiceAndComputeTheSame()
    {
        int inStrips = 0, distinct = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            Graph graph = Networks.Framed(seed);
            ExecutionPlan once = Planner.Plan(graph, Budget.Unlimited);
            Assert.AreEqual(0, once.RepeatedMacs);
            if (Tight.Of(graph) is not { } budget) continue;
            ExecutionPlan tight = Planner.Plan(graph, budget);
            Assert.IsTrue(tight.RepeatedMacs > 0 && tight.ArenaBytes < once.ArenaBytes, $"seed {seed}");
            Assert.IsNull(ArenaSimulation.FirstFault(graph, tight), $"seed {seed}");
            if (++inStrips > 5) continue;
            using EmittedProgram program = EmittedProgram.Compile(graph, budget);
            distinct += program.MustEqualInterpreter(1000, seed);
        }
        Assert.IsTrue(inStrips > 10 && distinct > 500, $"{inStrips} in strips, {distinct} different outputs: a test that shows little");
    }

    [TestMethod]
    public void ABudgetIsMetWithTheLeastWork()
    {
        int levels = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            Graph graph = Some(seed);
            ExecutionPlan least = Planner.Plan(graph, Budget.Unlimited), fast = Planner.Plan(graph, new Budget(Ram: 1 << 24));
            Assert.IsTrue(fast.Steps.All(s => s.Parts.IsEmpty), $"seed {seed}: a stage that no budget asks for");
            for (int ram = least.ArenaBytes; ram < fast.ArenaBytes; ram += Math.Max(1, (fast.ArenaBytes - least.ArenaBytes) / 4))
            {
                int stack = Math.Max(ResourceEstimator.Stack(graph, least, "cortex-m4"), ResourceEstimator.Stack(graph, least, "cortex-m0plus"));
                ExecutionPlan plan = Planner.Plan(graph, new Budget(Ram: ram + stack));
                Assert.IsTrue(plan.ArenaBytes <= ram + stack, $"seed {seed}: {plan.ArenaBytes} bytes for {ram}");
                Assert.AreEqual(0, plan.RepeatedMacs, $"seed {seed}: work done twice that {ram} bytes do not ask for");
                Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}, {ram} bytes");
                levels++;
            }
        }
        Assert.IsTrue(levels > 40, $"{levels} budgets");
    }

    private static Graph Some(ulong seed) => seed % 2 == 0 ? Networks.Inverted(seed) : Networks.Framed(seed);
}
