using System.Linq;

namespace TinyNas.Generators;

/// <summary>What a classifier answers with: the Label enumeration, the labels' texts and the Prediction.</summary>
internal static class LabelMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        code.Summary("The classes; the value is the index of the network's output.").Block("public enum Label", () =>
        {
            for (int i = 0; i < model.Labels.Count; i++)
                code.Summary(Literals.Xml(model.Labels[i])).Line($"{Identifiers.Source(Identifiers.OfLabel(model.Labels[i])!)} = {i},");
        }).Line();

        code.Summary("The classes as the data name them, by the index of the network's output.")
            .Block("public static global::System.Collections.Generic.IReadOnlyList<string> Labels { get; } = global::System.Array.AsReadOnly(new string[]", () =>
            {
                foreach (string label in model.Labels) code.Line($"{Literals.Text(label)},");
            }, "});").Line();

        code.Summary("What the network makes of one input.").Block("public readonly struct Prediction", () =>
        {
            code.Line("private readonly float[] scores;").Line();
            code.Block("internal Prediction(float[] scores)", () =>
            {
                code.Line("this.scores = scores;").Line("int best = 0;")
                    .Line("for (int i = 1; i < scores.Length; i++)")
                    .Line("    if (scores[i] > scores[best]) best = i;")
                    .Line("Label = (Label)best;");
            }).Line();
            code.Summary("The class with the highest score; the first of several that are equal.").Line("public Label Label { get; }").Line();
            code.Summary("The class as the data name it.").Line("public string Name => Labels[(int)Label];").Line();
            code.Summary("The score of <see cref=\"Label\"/>.").Line("public float Score => scores is null ? 0 : scores[(int)Label];").Line();
            code.Summary("The network's output for each class, by the value of <see cref=\"Label\"/>: probabilities where it ends in a softmax.")
                .Line($"public {ModelClass.ReadOnlySpan}<float> Scores => scores;").Line();
            code.Summary("The label and its score.")
                .Line("public override string ToString() => global::System.FormattableString.Invariant($\"{Name} ({Score:0.000})\");");
        }).Line();
    }
}
