using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Writes <c>n.bindings.txt</c>, from which the source generator makes the typed class: a source generator can read text
/// only, and this text holds everything prepared, so that the generator computes nothing. A function of its arguments alone.
/// </summary>
/// <remarks>
/// One line per fact, first the keyword (values as in <see cref="BindingsText"/>):
/// <code>
/// tinynas-bindings 1                                   format; a reader refuses any other number
/// hash SHA256                                          of every byte after this line; a stub may do without
/// stub [REASON]                                        only before the first search, or where there is no kernel: no tensors, no calls follow
/// name TEXT                                            the model's name, which becomes the class
/// namespace TEXT                                       absent: the project's root namespace
/// classifier                                           Predict returns a Prediction
/// label TEXT                                           one per output, in order
/// encoding TYPE SCALE ZERO MEANS INVERSE-DEVIATIONS    InputEncoding; one mean and inverse deviation per channel
/// figure NAME INTEGER                                  Macs, RamBytes, StackBytes, FlashBytes, ConstantBytes
/// tensor INDEX TYPE SHAPE SCALE ZERO NAME              an activation; SCALE is - where it has none
/// inputs LIST / outputs LIST                           tensors at the ends
/// state tN BYTE                                        a tensor that is kept between calls, and the byte that it is filled with at first
/// table INDEX TYPE COUNT BASE64                        constants, little-endian
/// parameters INDEX {STRUCTURE MEMBER= ARGUMENT ... }   a parameter structure of TinyNas.Runtime
/// packed INDEX KERNEL pN cN                            a filter that the kernel rearranges once: KERNEL.Pack
/// call OPERATOR KERNEL METHOD OUTPUT ARGUMENTS         one kernel call, in execution order; OUTPUT is the tensor it writes
/// part OPERATOR KERNEL METHOD OUTPUT ARGUMENTS         a call that leaves its output unfinished: no layer of the trace
/// copy OPERATOR tN tN                                  an operator that only gives its input another shape
/// end
/// </code>
/// Arguments: t5 tensor, b5 its bytes, c7 table, p0 parameters, k0 packed filter, s1 and s2 scratch of one and two bytes per element,
/// integers, x3F800000 floats, true, false, default. What is referred to stands further up.
/// </remarks>
public static class BindingsWriter
{
    /// <param name="namespace">Of the class; empty: the project's root namespace.</param>
    /// <exception cref="TinyNasException">TNAS0302: an operator without a kernel; TNAS0310: a name that cannot name files.</exception>
    /// <exception cref="TinyNasException">TNAS0404, TNAS0407: labels that are no different identifiers.</exception>
    /// <exception cref="ArgumentException">The labels are not one per output.</exception>
    public static EmittedFile Write(Graph graph, ModelCard card, ResourceEstimate estimate, string @namespace)
    {
        if (card.Labels.Length > 0 && card.Labels.Length != graph.Output.Count)
            throw new ArgumentException($"{card.Labels.Length} labels for {graph.Output.Count} outputs", nameof(card));
        LabelNames.Check(card.Labels);
        var text = new BindingsText();
        WriteNames(text, card.Name, @namespace, card.Labels, card.Labels.Length > 0);
        if (card.Input is { } encoding)
            text.Line("encoding", BindingsText.Type(encoding.Source), BindingsText.Number(encoding.Scale), BindingsText.Number(encoding.ZeroPoint),
                BindingsText.List(encoding.Mean), BindingsText.List(encoding.InverseDeviation));
        foreach (var (name, value) in Figures(estimate)) text.Line("figure", name, BindingsText.Number(value));
        new CallWriter(text, graph).WriteAll();
        text.Line("end");
        return new EmittedFile(FileName(card.Name), text.ToBytes());
    }

    /// <summary>
    /// What stands in for the result until there is one: the class gets the same members, so that an editor can compile
    /// code against it, and those that compute throw. Known labels become members of the Label enumeration.
    /// </summary>
    /// <param name="name">Of the model.</param>
    /// <param name="namespace">Of the class; empty: the project's root namespace.</param>
    /// <param name="labels">Where they are known.</param>
    /// <param name="isClassifier">Whether the class has labels at all.</param>
    /// <param name="reason">What the exception says, where it is not that nothing has been built yet.</param>
    public static EmittedFile Stub(string name, string @namespace, IReadOnlyList<string>? labels = null, bool isClassifier = true, string? reason = null)
    {
        var text = new BindingsText();
        if (reason is null) text.Line("stub");
        else text.Line("stub", BindingsText.Text(reason));
        WriteNames(text, name, @namespace, labels ?? [], isClassifier);
        text.Line("end");
        return new EmittedFile(FileName(name), text.ToBytes());
    }

    private static void WriteNames(BindingsText text, string name, string @namespace, IEnumerable<string> labels, bool isClassifier)
    {
        text.Line("name", BindingsText.Text(name));
        if (@namespace.Length > 0) text.Line("namespace", BindingsText.Text(@namespace));
        if (isClassifier) text.Line("classifier");
        foreach (string label in labels) text.Line("label", BindingsText.Text(label));
    }

    private static (string Name, long Value)[] Figures(ResourceEstimate estimate) =>
    [
        ("Macs", estimate.Macs), ("RamBytes", estimate.RamC), ("StackBytes", estimate.RamCStack),
        ("FlashBytes", estimate.FlashC), ("ConstantBytes", estimate.ConstantBytes),
    ];

    private static string FileName(string name) => $"{Naming.Of(name).Snake}.bindings.txt";
}
