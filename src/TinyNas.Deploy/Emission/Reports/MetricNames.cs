namespace TinyNas.Deploy;

/// <summary>What the metrics of a model card are called on a page, the most telling first.</summary>
internal static class MetricNames
{
    private static readonly (string Key, string Name)[] Known =
    [
        ("testAccuracyInt8", "Accuracy on the test set, int8"),
        ("testAccuracyFloat", "Accuracy on the test set, float"),
        ("accuracyInt8", "Accuracy on the validation side, int8"),
        ("accuracyFloat", "Accuracy on the validation side, float"),
        ("trialsProposed", "Networks proposed"),
        ("trialsTrained", "Networks trained"),
        ("trialsInfeasible", "Networks that did not fit"),
        ("trialEpochs", "Epochs trained in the search"),
        ("finalEpoch", "Epoch of the winner that was kept"),
        ("finalEpochs", "Epochs the winner was trained for"),
        ("channels", "Channels before pruning"),
        ("channelsRemoved", "Channels that pruning removed"),
    ];

    /// <summary>All metrics of the card; one that has no name here is shown under its key, after the others.</summary>
    public static IEnumerable<(string Name, double Value)> Of(ModelCard card) =>
        Known.Where(k => card.Metrics.ContainsKey(k.Key)).Select(k => (k.Name, card.Metrics[k.Key]))
            .Concat(card.Metrics.Where(m => !Known.Any(k => k.Key == m.Key)).Select(m => (m.Key, m.Value)));

    /// <summary>The figure that says most about the integers: of the test set where there is one.</summary>
    public static (string Name, double Value)? Headline(ModelCard card)
    {
        foreach (var (key, name) in Known)
            if (key.EndsWith("Int8", StringComparison.Ordinal) && card.Metrics.TryGetValue(key, out double value)) return (name, value);
        return null;
    }
}
