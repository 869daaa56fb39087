using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Every operator's emitted C against the interpreter, bit for bit, under sanitisers, and in other places that read a graph.</summary>
[TestClass]
public class OperatorEmissionTests
{
    public static IEnumerable<object[]> Operators => OperatorNetworks.All.Keys.Select(name => (object[])[name]);

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void EmittedCEqualsTheInterpreterOnAThousandInputs(string name)
    {
        for (ulong seed = 1; seed <= 2; seed++)
        {
            using EmittedProgram program = EmittedProgram.Compile(OperatorNetworks.All[name](seed));
            program.MustEqualInterpreter(1000, seed);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Operators))]
    public void TheFileReadsBackAndComputesTheSame(string name)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Graph graph = OperatorNetworks.All[name](seed);
            Graph read = TfliteReader.Read(TfliteWriter.Write(graph), name);
            var interpreter = new Interpreter(graph);
            var again = new Interpreter(read);
            RandomStream random = RandomStream.Create(seed, 5);
            for (int i = 0; i < graph.Inputs.Length; i++)
            {
                foreach (ref byte b in interpreter.Input(i)) b = (byte)random.NextInt(256);
                interpreter.Input(i).CopyTo(again.Input(i));
            }
            interpreter.Invoke();
            again.Invoke();
            for (int i = 0; i < graph.Outputs.Length; i++) CollectionAssert.AreEqual(interpreter.Output(i).ToArray(), again.Output(i).ToArray(), $"seed {seed}");
        }
    }
}
