using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>What every <see cref="IOperatorEmitter"/> must do, shown on a network with its operator.</summary>
public abstract class OperatorEmitterContract
{
    internal abstract Graph Network();

    protected abstract OperatorCode Code { get; }

    [TestMethod]
    public void ItsOperatorIsListedAndInTheNetwork()
    {
        CollectionAssert.Contains(OperatorEmitters.Codes.ToArray(), Code);
        Assert.IsTrue(Network().Operators.Any(o => o.Code == Code));
    }

    [TestMethod]
    public void TheEmittedCComputesWhatTheInterpreterDoes()
    {
        using EmittedProgram program = EmittedProgram.Compile(Network());
        int distinct = program.MustEqualInterpreter(1000, 4);
        Assert.IsTrue(distinct > 50, $"only {distinct} different outputs: a comparison that shows little");
    }

    [TestMethod]
    public void TheEstimatedConstantBytesAreThoseThatTheCompilerPlaces()
    {
        Graph graph = Network();
        using var folder = new TemporaryFolder();
        EmittedProgram.Write(folder.Path, FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)));
        // Without optimisation: it turns the parameters of a kernel that is called once into code.
        Command.Run(Arm.Compiler, ["-mcpu=cortex-m4", "-mthumb", "-std=c99", "-O0", "-c", "net.c"], folder.Path).MustSucceed("arm-none-eabi-gcc");
        string symbols = Command.Run(Command.Require("arm-none-eabi-nm", "binutils-arm-none-eabi"), ["-S", "net.o"], folder.Path).MustSucceed("nm").Output;
        // address size type name; r is read-only data.
        long placed = symbols.Split('\n').Select(l => l.Split(' ')).Where(f => f.Length == 4 && f[2] is "r" or "R")
            .Sum(f => long.Parse(f[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        EmissionStep[] steps = [.. OperatorEmitters.Steps(graph, Planner.Plan(graph, Budget.Unlimited))];
        Assert.AreEqual(steps.Sum(s => OperatorEmitters.Of(s).Estimate(s).ConstantBytes), placed);
    }
}
