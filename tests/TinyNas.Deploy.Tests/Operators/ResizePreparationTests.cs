using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Where resized positions come from, against the definition in exact arithmetic.</summary>
[TestClass]
public class ResizePreparationTests
{
    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void NearestTakesTheFloorOrWithAlignedCornersTheRoundedPosition(bool align, bool half)
    {
        for (int input = 1; input <= 20; input++)
            for (int output = 1; output <= 20; output++)
            {
                PreparedResize resize = Prepare(OperatorCode.ResizeNearestNeighbor, input, output, align, half);
                for (int i = 0; i < output; i++)
                {
                    (decimal position, bool boundary) = Position(i, input, output, align, half, align ? 0.5m : 0);
                    // On a boundary the reference's float32 decides; TflmOperatorTests holds that.
                    if (boundary) continue;
                    Assert.AreEqual(Math.Min((int)decimal.Floor(position + (align ? 0.5m : 0)), input - 1), resize.Rows[i], $"{i} of {input} to {output}");
                }
            }
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void BilinearLiesBetweenNeighboursAsFarAsItShould(bool align, bool half)
    {
        for (int input = 1; input <= 20; input++)
            for (int output = 1; output <= 20; output++)
            {
                PreparedResize resize = Prepare(OperatorCode.ResizeBilinear, input, output, align, half);
                for (int i = 0; i < output; i++)
                {
                    (int first, int second, decimal fraction) = (resize.Rows[3 * i], resize.Rows[3 * i + 1], resize.Rows[3 * i + 2] / 1024m);
                    decimal position = Position(i, input, output, align, half, 0).Position - (half ? 0.5m : 0);
                    Assert.IsTrue(first >= 0 && second < input && second - first is 0 or 1, $"{i} of {input} to {output}: {first}, {second}");
                    // The scale is rounded to 1/1024 and multiplied by i.
                    Assert.IsTrue(Math.Abs(first + fraction - position) <= (i + 2) * 0.5m / 1024, $"{i} of {input} to {output}: {first + fraction}, not {position}");
                }
            }
    }

    [TestMethod]
    public void WhatTheReferenceReadsOutsideTheMapIsRefused()
    {
        // 1024 / 600 is rounded to 2: of one position 600 are made with a step of 2: the last is at 1198 / 1024.
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Prepare(OperatorCode.ResizeBilinear, 1, 600, false, false));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "1 positions cannot become 600");
    }

    /// <summary>Where output i lies in the input, before it is rounded, and whether that is within float32 of a boundary between two positions.</summary>
    private static (decimal Position, bool Boundary) Position(int i, int input, int output, bool align, bool half, decimal offset)
    {
        decimal scale = align && output > 1 ? (input - 1m) / (output - 1m) : (decimal)input / output, position = (i + (half ? 0.5m : 0)) * scale;
        decimal distance = Math.Abs(position + offset - decimal.Round(position + offset));
        return (position, distance < 0.0001m);
    }

    private static PreparedResize Prepare(OperatorCode code, int input, int output, bool align, bool half)
    {
        var g = new SmallGraph(1);
        Quantization scale = g.Scale();
        int x = g.Input([1, input, 2, 1], scale);
        Graph graph = g.Build(g.Apply(code, [x, g.Integers(output, 3)], new ResizeOptions(align, half), [1, output, 3, 1], scale));
        return (PreparedResize)OperatorPreparation.Prepare(graph, graph.Operators[0]);
    }
}
