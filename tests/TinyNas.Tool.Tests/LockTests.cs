using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Tool.Builds;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Tests;

[TestClass]
public class LockTests
{
    private static readonly ImmutableSortedDictionary<string, string> Inputs =
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal).Add("Ram", "20480").Add("Seed", "1");

    private static StoredModel Model(ImmutableSortedDictionary<string, string> inputs)
    {
        byte[] tflite = [1, 2, 3];
        var card = new ModelCard("Gesture") { Labels = ["a", "b"], Input = InputEncoding.CameraBytes(3), Confusion = [[1, 2], [3, 4]] };
        return new StoredModel(new SearchResult(SearchResult.CurrentSchema, "0.1.0", Fingerprint.Key(inputs), Fingerprint.Hash(tflite), inputs, card), tflite);
    }

    private static StoredModelSource Source(TemporaryFolder folder, BuildMode mode, TextWriter? warnings = null)
    {
        var file = new RequestFile(RequestFile.CurrentSchema, "0.2.0", folder["App.csproj"], "Gesture", mode.ToString(), "App", folder["cache"], folder["out"], folder["lock"], []);
        return new StoredModelSource(new ModelRequest { File = file, Mode = mode }, new DiagnosticPrinter(file, warnings ?? TextWriter.Null));
    }

    [TestMethod]
    public void ALockReadsBackAsItWasWritten()
    {
        using var folder = new TemporaryFolder();
        var store = ResultStore.Lock(folder["lock"], "Gesture");
        store.Write(Model(Inputs));
        CollectionAssert.AreEqual(SearchResult.Serialise(Model(Inputs).Result), SearchResult.Serialise(store.Read()!.Result));
    }

    [TestMethod]
    public void AMatchingLockIsTheResultAndAnotherVersionOnlyWarns()
    {
        using var folder = new TemporaryFolder();
        ResultStore.Lock(folder["lock"], "Gesture").Write(Model(Inputs));
        var warnings = new StringWriter();
        Assert.IsNotNull(Source(folder, BuildMode.Frozen, warnings).Find(Inputs));
        StringAssert.Contains(warnings.ToString(), "warning TNAS1210");
    }

    [TestMethod]
    public void FrozenNamesWhatDiffers()
    {
        using var folder = new TemporaryFolder();
        ResultStore.Lock(folder["lock"], "Gesture").Write(Model(Inputs));
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Source(folder, BuildMode.Frozen).Find(Inputs.SetItem("Ram", "40960")));
        Assert.AreEqual("TNAS0210", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "Ram was 20480, is 40960");
    }

    [TestMethod]
    public void FrozenWithoutALockIsAnError()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual("TNAS0211", Assert.ThrowsExactly<TinyNasException>(() => Source(folder, BuildMode.Frozen).Find(Inputs)).Diagnostic.Code);
    }

    [TestMethod]
    public void SearchPassesOverALockOfOtherInputs()
    {
        using var folder = new TemporaryFolder();
        ResultStore.Lock(folder["lock"], "Gesture").Write(Model(Inputs));
        Assert.IsNull(Source(folder, BuildMode.Search).Find(Inputs.SetItem("Seed", "2")));
    }

    [TestMethod]
    [DataRow("{ not json")]
    [DataRow("{}")]
    [DataRow("null")]
    public void ADamagedLockIsSaidToBeDamaged(string text)
    {
        using var folder = new TemporaryFolder();
        var store = ResultStore.Lock(folder["lock"], "Gesture");
        store.Write(Model(Inputs));
        File.WriteAllText(store.JsonPath, text);
        Assert.AreEqual("TNAS0212", Assert.ThrowsExactly<TinyNasException>(() => store.Read()).Diagnostic.Code);
    }

    [TestMethod]
    public void ALockWithoutItsTfliteIsMadeWholeBySearchingAndIsNoResultWhereThatIsForbidden()
    {
        using var folder = new TemporaryFolder();
        var store = ResultStore.Lock(folder["lock"], "Gesture");
        StoredModel model = Model(Inputs);
        ImmutableArray<TraceEntry> trace = [new TraceEntry("c=0 k=1", "Completed", 0.5, ImmutableSortedDictionary<string, double>.Empty, null)];
        store.Write(model with { Result = model.Result with { EndedBy = "TimeLimit", Card = model.Result.Card with { Trace = trace } } });
        File.Delete(store.TflitePath);

        StoredModelSource source = Source(folder, BuildMode.Search);
        Assert.IsNull(source.Find(Inputs));
        CollectionAssert.AreEqual(new[] { "c=0 k=1" }, source.ToFollow(Fingerprint.Key(Inputs)).ToArray());
        Assert.IsTrue(source.ToFollow(Fingerprint.Key(Inputs.SetItem("Seed", "2"))).IsDefault, "another search goes its own way");
        Assert.AreEqual("TNAS0212", Assert.ThrowsExactly<TinyNasException>(() => Source(folder, BuildMode.Frozen).Find(Inputs)).Diagnostic.Code);
    }

    [TestMethod]
    public void ATfliteOfAnotherSearchIsRefused()
    {
        using var folder = new TemporaryFolder();
        var store = ResultStore.Lock(folder["lock"], "Gesture");
        store.Write(Model(Inputs));
        File.WriteAllBytes(store.TflitePath, [9]);
        Assert.AreEqual("TNAS0212", Assert.ThrowsExactly<TinyNasException>(() => store.Read()).Diagnostic.Code);
    }
}
