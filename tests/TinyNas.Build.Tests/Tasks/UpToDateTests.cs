using Microsoft.Build.Utilities;

namespace TinyNas.Build.Tests;

[TestClass]
public class UpToDateTests
{
    [TestMethod]
    public void ASecondBuildStartsNothingAndHandsOutTheSameResult()
    {
        using TaskProject project = WithData();
        Assert.IsTrue(project.Build());
        var check = project.Check();
        Assert.IsEmpty(check.Stale);
        Assert.IsTrue(check.Results.Single().ItemSpec.EndsWith("model.bindings.txt"));
        CollectionAssert.AreEqual(new[] { "arduino/model.h", "model.c" }, check.Firmware.Select(f => f.GetMetadata("Relative")).ToArray());
        Assert.IsTrue(project.Build());
        Assert.HasCount(1, project.Runs);
    }

    [TestMethod]
    [DataRow("setting")]
    [DataRow("file added")]
    [DataRow("file touched")]
    [DataRow("output deleted")]
    [DataRow("output changed")]
    [DataRow("unknown setting")]
    public void WhateverMovesStartsTheWorkerAgain(string what)
    {
        using TaskProject project = WithData();
        Assert.IsTrue(project.Build());
        Assert.IsEmpty(project.Check().Stale);
        string firmware = Path.Combine(project.OutputFolder, "firmware", "model.c");
        switch (what)
        {
            case "setting": project.Properties["Ram"] = "41KiB"; break;
            case "file added": project.Write("data/deep/b.csv", "1"); break;
            case "file touched": File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "data", "a.csv"), DateTime.UtcNow.AddSeconds(5)); break;
            case "output deleted": File.Delete(firmware); break;
            case "output changed": File.WriteAllText(firmware, "edited by hand"); break;
            case "unknown setting": project.Write("App.csproj", "<Project><PropertyGroup><TinyNasFlsh>1</TinyNasFlsh></PropertyGroup></Project>"); break;
        }
        CollectionAssert.AreEqual(new[] { "Gesture" }, project.Check().Stale);
        Assert.IsTrue(project.Build());
        Assert.HasCount(2, project.Runs);
        Assert.IsEmpty(project.Check().Stale);
    }

    [TestMethod]
    public void WhatBuildsWriteIsNoDataAlsoWhereTheProjectFolderIs()
    {
        using TaskProject project = WithData();
        project.Properties["Data"] = ".";
        Assert.IsTrue(project.Build());
        foreach (string made in new[] { "bin/Debug/copy.csv", "obj/a.cache", "tinynas/Gesture.lock.json", ".git/index" }) project.Write(made, "1");
        Assert.IsEmpty(project.Check().Stale);
        project.Write("deep/obj/b.csv", "1");
        Assert.HasCount(1, project.Check().Stale, "only the project's own folders are left out");
    }

    [TestMethod]
    public void MovingASettingWithinTheProjectFileChangesNothing()
    {
        using TaskProject project = WithData();
        Assert.IsTrue(project.Build());
        project.Write("App.csproj", "<Project>\n\n\n<!-- new -->\n<ItemGroup><TinyNasModel Include=\"Gesture\" /></ItemGroup></Project>");
        Assert.IsEmpty(project.Check().Stale);
    }

    [TestMethod]
    public void ADesignTimeBuildTakesTheLastResultHoweverOld()
    {
        using TaskProject project = WithData();
        string stub = project.Check(t => t.AcceptStale = true).Results.Single().ItemSpec;
        Assert.AreEqual("tinynas-bindings 1\nstub\nname Gesture\nnamespace App\nclassifier\nend\n", File.ReadAllText(stub), "nothing has been built");
        Assert.IsTrue(project.Build());
        project.Properties["Ram"] = "1KiB";
        var check = project.Check(t => t.AcceptStale = true);
        Assert.IsEmpty(check.Stale);
        Assert.AreNotEqual(stub, check.Results.Single().ItemSpec);
    }

    [TestMethod]
    public void AResultWithoutItsLastFileIsNone()
    {
        using TaskProject project = WithData();
        Assert.IsTrue(project.Build());
        File.Delete(Path.Combine(project.OutputFolder, "result.txt"));
        var check = project.Check();
        Assert.IsEmpty(check.Results);
        Assert.HasCount(1, check.Stale);
    }

    [TestMethod]
    public void SettingsThatDifferAfterTheSearchAreAnError()
    {
        using TaskProject project = WithData();
        Assert.IsTrue(project.Build());
        project.Properties["Ram"] = "only in Release";
        project.Check(t => t.AfterBuild = true);
        Assert.AreEqual("TNAS0503", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void PathsKeepCharactersThatMeanSomethingToMSBuild()
    {
        using TaskProject project = WithData();
        string odd = Path.Combine(project.Folder, "50%3B;*new") + Path.DirectorySeparatorChar;
        void Move(Tasks.ModelTask task) => (task.CacheFolder, task.ModelsFolder) = (odd, odd);
        var builder = project.Builder();
        Move(builder);
        Assert.IsTrue(builder.Execute());
        var check = project.Check(Move);
        Assert.IsEmpty(check.Stale);
        Assert.IsTrue(File.Exists(check.Results.Single().ItemSpec), check.Results.Single().ItemSpec);
        Assert.IsTrue(check.Firmware.All(f => File.Exists(f.ItemSpec)));
    }

    private static TaskProject WithData()
    {
        var project = new TaskProject();
        project.Properties["Ram"] = "40KiB";
        project.Properties["Data"] = "data";
        project.Write("data/a.csv", "0");
        return project;
    }
}

[TestClass]
public class ModeTests
{
    [TestMethod]
    [DataRow("", false, false, "Search")]
    [DataRow("", false, true, "Search")]
    [DataRow("", true, false, "Search")]
    [DataRow("", true, true, "Frozen")]
    [DataRow("search", true, true, "Search")]
    [DataRow("Frozen", false, true, "Frozen")]
    public void ABuildServerWithALockIsFrozenUnlessTold(string mode, bool server, bool locked, string expected)
    {
        using var project = new TaskProject { Mode = mode, OnBuildServer = server };
        if (locked) project.Write("tinynas/Gesture.lock.json", "{}");
        Assert.IsTrue(project.Build());
        CollectionAssert.AreEqual(new[] { "Gesture " + expected }, project.Runs);
    }

    [TestMethod]
    public void TheCommandLineBeatsTheModeOfAnItem()
    {
        using var project = new TaskProject { Mode = "Search" };
        project.Models[0].SetMetadata("Mode", "Frozen");
        Assert.IsTrue(project.Build());
        project.Properties["-p:Mode"] = "Search";
        Assert.IsTrue(project.Build());
        CollectionAssert.AreEqual(new[] { "Gesture Frozen", "Gesture Search" }, project.Runs);
    }

    [TestMethod]
    public void OffRunsNothingExceptToEmitWhatALockHolds()
    {
        using var project = new TaskProject { Mode = "Off" };
        Assert.IsEmpty(project.Check().Stale, "no lock, no result: nothing to do");
        project.Write("tinynas/Gesture.lock.json", "{}");
        Assert.HasCount(1, project.Check().Stale);
        Assert.IsTrue(project.Build());
        project.Properties["Ram"] = "other";
        var check = project.Check();
        Assert.IsEmpty(check.Stale, "Off keeps the last result whatever changed");
        Assert.HasCount(1, check.Results);
    }

    [TestMethod]
    public void AModeThatDoesNotExistIsRefusedWhereItStands()
    {
        using var project = new TaskProject("<Project>\n<PropertyGroup>\n<TinyNasMode>Sometimes</TinyNasMode>\n</PropertyGroup></Project>") { Mode = "Sometimes" };
        Assert.IsFalse(project.Build());
        var error = project.Engine.Errors.Single();
        Assert.AreEqual(("TNAS0002", 3), (error.Code, error.LineNumber));
        Assert.IsEmpty(project.Runs);
    }

    [TestMethod]
    [DataRow("a/b")]
    [DataRow("..")]
    [DataRow("con:1")]
    [DataRow("gesture")]
    public void NamesThatCannotBeFoldersOrOccurTwiceAreRefused(string name)
    {
        using var project = new TaskProject();
        project.Models.Add(new TaskItem(name));
        Assert.IsFalse(project.Build());
        Assert.AreEqual("TNAS0005", project.Engine.Errors.Single().Code);
        CollectionAssert.AreEqual(new[] { "Gesture Search" }, project.Runs, "the other model is built");
    }
}
