namespace TinyNas.Generators;

/// <summary>Reset, and a constructor that calls it, for networks that remember: what an invocation leaves is an input of the next.</summary>
internal static class StateMembers
{
    public static void Write(CodeWriter code, BindingsModel model)
    {
        if (model.States.Count == 0) return;
        code.Summary("Begins with no memory of earlier samples.")
            .Line($"public {Identifiers.Source(Identifiers.OfModel(model.Name)!)}() => Reset();").Line();
        code.Summary("Forgets everything that earlier samples have left.").Block("public void Reset()", () =>
        {
            foreach (StateModel state in model.States)
                code.Line($"global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(global::System.MemoryExtensions.AsSpan(tensor{state.Tensor})).Fill({state.Fill});");
        }).Line();
    }
}
