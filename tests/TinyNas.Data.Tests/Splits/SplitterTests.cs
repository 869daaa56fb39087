using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class SplitterTests
{
    [TestMethod]
    public void HoldOutTakesItsShareOfEveryClass()
    {
        DataSet data = Samples(null, 100, 37, 2);
        DataSplit split = Splitter.HoldOut(data, 0.3, 11);
        CollectionAssert.AreEqual(new[] { 30, 11, 1 }, Counts(data, split.Validation));
        CollectionAssert.AreEqual(Enumerable.Range(0, data.Count).ToArray(), split.Train.Concat(split.Validation).Order().ToArray());
        CollectionAssert.AreEqual(split.Validation.Order().ToArray(), split.Validation);
    }

    [TestMethod]
    public void TheSeedAloneDecides()
    {
        DataSet data = Samples(null, 50, 50);
        CollectionAssert.AreEqual(Splitter.HoldOut(data, 0.2, 1).Validation, Splitter.HoldOut(data, 0.2, 1).Validation);
        CollectionAssert.AreNotEqual(Splitter.HoldOut(data, 0.2, 1).Validation, Splitter.HoldOut(data, 0.2, 2).Validation);
    }

    [TestMethod]
    public void GroupsStayWholeAndClassesKeepTheirBalance()
    {
        // 12 subjects of different sizes; each has both classes in its own proportion.
        int[] groups = [.. Enumerable.Range(0, 12).SelectMany(g => Enumerable.Repeat(g, 10 + 3 * g))];
        int[] targets = [.. groups.Select((g, i) => (i * 7 + g) % 5 < 2 ? 0 : 1)];
        DataSet data = Samples(groups, targets);
        var seen = new HashSet<string>();
        for (ulong seed = 0; seed < 30; seed++)
        {
            DataSplit split = Splitter.HoldOut(data, 0.25, seed);
            Assert.AreEqual(0, split.Train.Select(i => groups[i]).Intersect(split.Validation.Select(i => groups[i])).Count());
            for (int c = 0; c < 2; c++) Assert.AreEqual(0.25, Counts(data, split.Validation)[c] / (double)Counts(data, Enumerable.Range(0, data.Count))[c], 0.04);
            seen.Add(string.Join(',', split.Validation));
        }
        Assert.IsGreaterThan(5, seen.Count, "seeds should give different splits");
    }

    [TestMethod]
    public void TheOnlySplitThatWorksIsFound()
    {
        // Classes {0,1}, {0,1,2} and {2}: only {first and third} against {second} has all classes on both sides.
        DataSet data = Samples([0, 0, 1, 1, 1, 2], [0, 1, 0, 1, 2, 2]);
        for (ulong seed = 0; seed < 20; seed++)
        {
            DataSplit split = Splitter.HoldOut(data, 0.5, seed);
            int[] second = split.Train.Contains(2) ? split.Train : split.Validation;
            CollectionAssert.AreEqual(new[] { 2, 3, 4 }, second);
        }
    }

    [TestMethod]
    public void ManyGroupsAreSplitInTime()
    {
        int[] groups = [.. Enumerable.Range(0, 20000).Select(i => i / 4)];
        DataSet data = Samples(groups, [.. groups.Select((g, i) => (3 * g + i) % 10)]);
        DataSplit split = Splitter.HoldOut(data, 0.2, 3);
        foreach (int count in Counts(data, split.Validation)) Assert.AreEqual(400, count, 20);
    }

    [TestMethod]
    public void FoldsValidateEverySampleOnce()
    {
        foreach (DataSet data in new[] { Samples(null, 23, 31, 9), Samples([.. Enumerable.Range(0, 60).Select(i => i / 4)], [.. Enumerable.Range(0, 60).Select(i => i % 3)]) })
        {
            DataSplit[] folds = Splitter.Folds(data, 4, 5);
            CollectionAssert.AreEqual(Enumerable.Range(0, data.Count).ToArray(), folds.SelectMany(f => f.Validation).Order().ToArray());
            foreach (DataSplit fold in folds)
            {
                Assert.AreEqual(data.Count, fold.Train.Length + fold.Validation.Length);
                Assert.AreEqual(data.Count / 4.0, fold.Validation.Length, data.Groups is null ? 1 : 4);
                if (data.Groups is not null)
                    Assert.AreEqual(0, fold.Train.Select(i => data.Groups[i]).Intersect(fold.Validation.Select(i => data.Groups[i])).Count());
            }
        }
    }

    [TestMethod]
    public void WhatCannotBeSplitIsNamed()
    {
        Rejection.Expect(DiagnosticCatalogue.DataTooFew, "Data", () => Splitter.HoldOut(Samples(null, 9, 1), 0.2, 1), "class 'c1' has 1 sample(s)");
        Rejection.Expect(DiagnosticCatalogue.DataTooFew, "Data", () => Splitter.Folds(Samples(null, 9, 3), 4, 1), "class 'c1' has 3 sample(s)");
        DataSet apart = Samples([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1]);
        Rejection.Expect(DiagnosticCatalogue.DataTooFewGroups, "Data", () => Splitter.HoldOut(apart, 0.5, 1), "2 group(s)", "class 'c");
        Rejection.Expect(DiagnosticCatalogue.DataTooFewGroups, "Data", () => Splitter.Folds(apart, 2, 1), "class 'c");
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "ValidationSplit", () => Splitter.HoldOut(apart, 1, 1), "between 0 and 1");
        Rejection.Expect(DiagnosticCatalogue.MalformedValue, "Folds", () => Splitter.Folds(apart, 1, 1), "at least 2");
    }

    private static DataSet Samples(int[]? groups, params int[] countsOrTargets)
    {
        int[] targets = groups is null ? [.. countsOrTargets.SelectMany((n, c) => Enumerable.Repeat(c, n))] : countsOrTargets;
        return new DataSet
        {
            Shape = new Shape(1, 1, 1), ElementType = ElementType.UInt8, Bytes = new byte[targets.Length], Targets = targets,
            Labels = [.. Enumerable.Range(0, targets.Max() + 1).Select(c => $"c{c}")], Groups = groups, ContentHash = "", Source = "data",
        };
    }

    private static int[] Counts(DataSet data, IEnumerable<int> indices) =>
        [.. Enumerable.Range(0, data.Labels.Length).Select(c => indices.Count(i => data.Targets[i] == c))];
}
