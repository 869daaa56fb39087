using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>A damaged file that can still be read runs, or is refused with its reason; nothing else may happen.</summary>
[TestClass]
public class DamagedModelTests
{
    [TestMethod]
    public void WhatTheReaderAcceptsRunsOrIsRefused()
    {
        byte[][] files = [TfliteWriter.Write(RandomNetwork.Images(5)), TfliteWriter.Write(RandomNetwork.Windows(6))];
        // Damage in weights proves little: aim at the tables, which come before the constants.
        int[] tables = [.. files.Select(FirstConstant)];
        int ran = 0, refused = 0, unreadable = 0;
        for (int round = 0; round < 3000; round++)
        {
            var random = RandomStream.Create(4242, (ulong)round);
            byte[] file = (byte[])files[round % 2].Clone();
            int at = random.NextInt(tables[round % 2] - 4) & ~3;
            if (random.NextInt(2) == 0) file[at + random.NextInt(4)] = (byte)random.NextInt(256);
            else BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), random.NextInt(3) switch { 0 => random.NextInt(300), 1 => -1, _ => 1 << random.NextInt(31) });
            Graph graph;
            try
            {
                graph = TfliteReader.Read(file, "damaged");
            }
            catch (TinyNasException)
            {
                unreadable++;
                continue;
            }
            try
            {
                var interpreter = new Interpreter(graph);
                interpreter.Invoke();
                ran++;
            }
            catch (TinyNasException problem)
            {
                Assert.AreEqual("TNAS0302", problem.Diagnostic.Code, problem.Message);
                refused++;
            }
        }
        Assert.IsTrue(ran > 300 && refused > 50 && unreadable > 300, $"{ran} ran, {refused} refused, {unreadable} unreadable");
    }

    [TestMethod]
    public void WhatTheReaderAcceptsCanBePlanned()
    {
        byte[][] files = [TfliteWriter.Write(Networks.Framed(1)), TfliteWriter.Write(Networks.Inverted(2)), TfliteWriter.Write(RandomNetwork.Images(5))];
        int[] tables = [.. files.Select(FirstConstant)];
        int planned = 0;
        for (int round = 0; round < 1500; round++)
        {
            var random = RandomStream.Create(4343, (ulong)round);
            byte[] file = (byte[])files[round % 3].Clone();
            int at = random.NextInt(tables[round % 3] - 4) & ~3;
            if (random.NextInt(2) == 0) file[at + random.NextInt(4)] = (byte)random.NextInt(256);
            else BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), random.NextInt(3) switch { 0 => random.NextInt(300), 1 => -1, _ => 1 << random.NextInt(31) });
            try
            {
                Graph graph = TfliteReader.Read(file, "damaged");
                foreach (Budget budget in (Budget[])[Budget.Unlimited, new Budget(Ram: 1500)])
                {
                    ExecutionPlan plan = Planner.Plan(graph, budget);
                    Assert.IsTrue(plan.ArenaBytes >= plan.OrderBound, $"round {round}");
                }
                planned++;
            }
            catch (TinyNasException)
            {
                // The reader's reasons.
            }
        }
        Assert.IsTrue(planned > 300, $"only {planned} planned");
    }

    private static int FirstConstant(byte[] file)
    {
        int first = file.Length;
        foreach (Tensor tensor in TfliteReader.Read(file, "whole").Tensors.Where(t => t.IsConstant))
            if (MemoryMarshal.TryGetArray(tensor.Data, out ArraySegment<byte> part)) first = Math.Min(first, part.Offset);
        return first;
    }
}
