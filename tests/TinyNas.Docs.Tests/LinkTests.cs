namespace TinyNas.Docs.Tests;

[TestClass]
public class LinkTests
{
    [TestMethod]
    public void EveryLinkLeadsSomewhere()
    {
        foreach (Page page in Page.All)
            foreach (string link in page.Links())
            {
                string[] parts = link.Split('#');
                string target = parts[0].Length == 0 ? page.Path : Path.GetFullPath(parts[0], Page.Folder);
                Assert.IsTrue(File.Exists(target) || Directory.Exists(target), $"{page.Name}: {link}");
                if (parts.Length > 1) CollectionAssert.Contains(new Page(target).Anchors().ToArray(), parts[1], $"{page.Name}: {link}");
            }
    }

    [TestMethod]
    public void TheFirstPageListsEveryPage()
    {
        string[] listed = [.. Page.Named("README.md").Links()];
        foreach (Page page in Page.All) Assert.IsTrue(page.Name == "README.md" || listed.Contains(page.Name), page.Name);
    }

    [TestMethod]
    public void EverySnippetIsOfALanguageThatIsTestedHere()
    {
        foreach (Snippet snippet in Page.All.SelectMany(p => p.Fenced()))
            Assert.IsTrue(snippet.Language is "sh" or "c" or "csharp" or "xml" or "json" or "", $"{snippet}: {snippet.Language}");
    }
}
