using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class StepOrderTests
{
    [TestMethod]
    public void NoLegalOrderNeedsLess()
    {
        int better = 0;
        for (ulong seed = 0; seed < 150; seed++)
        {
            Graph graph = RandomGraphs.Merging(seed);
            ImmutableArray<PlannedStep> steps = StepFusion.Steps(graph);
            var costs = new StepCosts(graph, steps);
            int least = Orders(costs, steps.Length).Min(costs.Peak), given = costs.Peak(Enumerable.Range(0, steps.Length));
            StepOrder order = StepOrder.Least(graph, steps);
            Assert.AreEqual(least, order.Peak, $"seed {seed}");
            Assert.AreEqual(least, order.Bound, $"seed {seed}");
            Assert.AreEqual(order.Peak, costs.Peak(order.Steps.Select(s => steps.IndexOf(s))), $"seed {seed}");
            if (least < given) better++;
        }
        Assert.IsTrue(better > 15, $"only {better} graphs have a better order than their own: a comparison that shows little");
    }

    [TestMethod]
    public void ReorderedPlansLoseNoByteAndComputeTheSame()
    {
        int reordered = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            Graph graph = RandomGraphs.Merging(seed);
            ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
            Assert.IsNull(ArenaSimulation.FirstFault(graph, plan), $"seed {seed}");
            Assert.IsTrue(plan.ArenaBytes >= plan.OrderBound, $"seed {seed}");
            if (plan.Steps.SelectMany(s => s.Operators).SequenceEqual(StepFusion.Steps(graph).SelectMany(s => s.Operators))) continue;
            if (++reordered > 4) continue;
            using EmittedProgram program = EmittedProgram.Compile(graph);
            program.MustEqualInterpreter(1000, seed);
        }
        Assert.IsTrue(reordered > 4, $"only {reordered} plans are reordered");
    }

    [TestMethod]
    public void AGraphTooWideForTheSearchKeepsItsOrderAndSaysWhatMightBeLeft()
    {
        Graph graph = RandomGraphs.Wide(24);
        ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
        Assert.IsTrue(plan.OrderBound > 0 && plan.OrderBound <= plan.ArenaBytes);
        Assert.IsNull(ArenaSimulation.FirstFault(graph, plan));
    }

    /// <summary>Sets of steps are bits of a number: beyond 128 steps no order is looked for.</summary>
    [TestMethod]
    public void AGraphOfMoreStepsThanTheSearchTakesHasABoundToo()
    {
        Graph graph = RandomGraphs.Wide(60);
        ExecutionPlan plan = Planner.Plan(graph, Budget.Unlimited);
        Assert.IsTrue(plan.Steps.Length > 128 && plan.OrderBound > 0 && plan.OrderBound <= plan.ArenaBytes);
        Assert.IsNull(ArenaSimulation.FirstFault(graph, plan));
    }

    private static IEnumerable<int[]> Orders(StepCosts costs, int count)
    {
        var order = new List<int>();
        return Extend(0);

        IEnumerable<int[]> Extend(UInt128 done)
        {
            if (order.Count == count) yield return [.. order];
            for (int step = 0; step < count; step++)
            {
                if (!costs.IsReady(step, done)) continue;
                order.Add(step);
                foreach (int[] complete in Extend(done | UInt128.One << step)) yield return complete;
                order.RemoveAt(order.Count - 1);
            }
        }
    }
}
