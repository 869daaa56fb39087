using System.Buffers.Binary;
using System.Collections.Immutable;

namespace TinyNas.Model.Tests;

/// <summary>Whatever the bytes, the reader ends with a graph or a diagnostic, soon and without asking for much memory.</summary>
[TestClass]
public class TfliteDamageTests
{
    private static string Fault(ReadOnlyMemory<byte> file)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => TfliteReader.Read(file, "x.tflite"));
        Assert.AreEqual("TNAS0301", problem.Diagnostic.Code);
        return problem.Message;
    }

    [TestMethod]
    public void EmptyShortAndForeignFilesAreRefused()
    {
        StringAssert.Contains(Fault(Array.Empty<byte>()), "too short");
        StringAssert.Contains(Fault(new byte[100]), "TFL3");
        byte[] file = TfliteWriter.Write(SampleGraphs.Classifier());
        BinaryPrimitives.WriteInt32LittleEndian(file, int.MaxValue);
        StringAssert.Contains(Fault(file), "outside the file");
    }

    [TestMethod]
    public void EveryTruncationIsRefused()
    {
        byte[] file = TfliteWriter.Write(SampleGraphs.Classifier());
        for (int length = 0; length < file.Length - 16; length++) Fault(file.AsMemory(0, length));
    }

    [TestMethod]
    public void RandomDamageNeverEscapesTheDiagnostics()
    {
        byte[][] files = [TfliteWriter.Write(SampleGraphs.Classifier()), TfliteWriter.Write(SampleGraphs.Odds())];
        int refused = 0, read = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int rounds = 6000;
        for (int round = 0; round < rounds; round++)
        {
            var random = RandomStream.Create(99, (ulong)round);
            byte[] file = (byte[])files[round % files.Length].Clone();
            for (int n = 1 + random.NextInt(4); n > 0; n--)
            {
                int at = random.NextInt(file.Length);
                switch (random.NextInt(4))
                {
                    case 0: file[at] = (byte)random.NextInt(256); break;
                    case 1: file[at] ^= (byte)(1 << random.NextInt(8)); break;
                    case 2: file[at] = 0xFF; break;
                    default:
                        if (at + 4 <= file.Length) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at & ~3), random.NextInt(4) switch
                        {
                            0 => int.MaxValue, 1 => -1, 2 => random.NextInt(file.Length), _ => int.MinValue,
                        });
                        break;
                }
            }
            try
            {
                TfliteReader.Read(file, "damaged");
                read++;
            }
            catch (TinyNasException problem)
            {
                Assert.IsTrue(problem.Diagnostic.Code is "TNAS0301" or "TNAS0302", problem.Message);
                refused++;
            }
        }
        Assert.IsTrue(refused > rounds / 10 && read > rounds / 10, $"{refused} refused, {read} read");
        Assert.IsTrue(GC.GetAllocatedBytesForCurrentThread() - before < 200_000L * rounds, "the reader asked for much memory");
    }

    [TestMethod]
    public void TablesThatShareTheirVectorsCannotMultiplyTheFile()
    {
        // 20,000 tensors with one 100,000-byte name among them would be 2 GB of strings.
        byte[] file = SharedNames(20_000, 100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        StringAssert.Contains(Fault(file), "more than the file");
        Assert.IsTrue(GC.GetAllocatedBytesForCurrentThread() - before < 64L * file.Length);
    }

    [TestMethod]
    public void GraphsThatCannotRunAreRefused()
    {
        Graph graph = SampleGraphs.Classifier();
        Refused("reads", graph with { Operators = graph.Operators.Reverse().ToImmutableArray() });
        Refused("is not there", graph with { Inputs = [999] });
        Refused("never written", graph with { Outputs = [0, 1], Operators = [] });
        Refused("has no input", graph with { Outputs = [] });
        Refused("written already", graph with { Operators = graph.Operators.Add(graph.Operators[^1]) });
        Refused("inputs", graph with { Operators = [graph.Operators[0] with { Inputs = [0] }] });
        Refused("dimension of 0", graph with { Tensors = graph.Tensors.SetItem(0, graph.Tensors[0] with { Shape = [1, 0, 9, 3] }) });
        Refused("bytes of data", graph with { Tensors = graph.Tensors.SetItem(2, graph.Tensors[2] with { Shape = [6, 3, 3, 4] }) });
        Refused("too large", graph with { Tensors = graph.Tensors.SetItem(0, graph.Tensors[0] with { Shape = [1, 65536, 65536, 3] }) });
        Refused("scales along", graph with
        {
            Tensors = graph.Tensors.SetItem(2, graph.Tensors[2] with { Quantization = Quantization.PerChannel([1, 2, 3], 0) }),
        });

        void Refused(string reason, Graph broken) => StringAssert.Contains(Fault(TfliteWriter.Write(broken)), reason);
    }

    [TestMethod]
    public void NumbersThatAreNoOperatorAreNamed()
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => TfliteReader.Read(WithLastOperator(250), "x.tflite"));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "Operator operator 250 ('softmax')");
    }

    [TestMethod]
    public void OperatorsThatAreNotKnownAreKeptAsLongAsNothingChanges()
    {
        byte[] file = WithLastOperator(118);
        Graph graph = TfliteReader.Read(file, "x.tflite");
        Assert.AreEqual("IF", graph.Operators[^1].Code.Name());
        CollectionAssert.AreEqual(file, TfliteWriter.Write(graph));
        var problem = Assert.ThrowsExactly<TinyNasException>(() => TfliteWriter.Write(graph with { Outputs = [graph.Operators[0].Outputs[0]] }));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "Operator IF ('softmax')");
    }

    /// <summary>A file whose last operator, HARD_SWISH (117), has another number in both places where it is written.</summary>
    private static byte[] WithLastOperator(byte number)
    {
        Graph graph = SampleGraphs.Classifier();
        byte[] file = TfliteWriter.Write(graph with { Operators = graph.Operators.SetItem(7, graph.Operators[7] with { Code = OperatorCode.HardSwish }) });
        for (int i = 0; i < file.Length; i++)
            if (file[i] == 117) file[i] = number;
        return file;
    }

    private static byte[] SharedNames(int tensors, int length)
    {
        var builder = new FlatBufferBuilder();
        int name = builder.String(new string('n', length));
        var list = new int[tensors];
        for (int i = 0; i < tensors; i++)
        {
            builder.StartTable();
            builder.Offset(TfliteSchema.Tensor.Name, name);
            list[i] = builder.EndTable();
        }
        int tensorList = builder.Offsets(list);
        builder.StartTable();
        builder.Offset(TfliteSchema.SubGraph.Tensors, tensorList);
        int subgraph = builder.EndTable();
        builder.StartTable();
        int buffers = builder.EndTable();
        int subgraphs = builder.Offsets([subgraph]), bufferList = builder.Offsets([buffers]);
        builder.StartTable();
        builder.Int32(TfliteSchema.Model.Version, TfliteSchema.Version);
        builder.Offset(TfliteSchema.Model.SubGraphs, subgraphs);
        builder.Offset(TfliteSchema.Model.Buffers, bufferList);
        return builder.Finish(builder.EndTable(), TfliteSchema.Identifier);
    }
}
