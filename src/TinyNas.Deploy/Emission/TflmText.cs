using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The files of the TensorFlow Lite Micro route.</summary>
internal static class TflmText
{
    public static IEnumerable<EmittedFile> Files(EmissionModel model)
    {
        string n = model.Names.Snake;
        IReadOnlyDictionary<string, string> foreign = TflmOperators.Foreign(model.Graph, n);
        var operators = model.Graph.Operators.GroupBy(o => (o.Code, Custom: TflmOperators.CustomName(o)))
            .OrderBy(g => g.Key.Code).ThenBy(g => g.Key.Custom, StringComparer.Ordinal).Select(g => TflmOperators.Of(model.Graph, g.First(), foreign)).ToList();
        string[] includes =
        [
            .. operators.Select(o => o.Header).OfType<string>()
                .Append("tensorflow/lite/micro/micro_interpreter.h")
                .Append("tensorflow/lite/micro/micro_mutable_op_resolver.h")
                .Append("tensorflow/lite/schema/schema_generated.h")
                .Distinct().Order(StringComparer.Ordinal),
        ];
        long arena = TflmArena.Declared(model.Graph);
        yield return FirmwareEmitter.Text($"{n}_tflm.h", model.Renderer.Render("model_tflm.h", model.Values(
            ("hasCustom", foreign.Count > 0),
            ("custom", foreign.Values.ToArray()),
            ("tflmUsed", Number(model.Estimate.RamTflm)),
            ("tflmHeadroom", Number(arena - model.Estimate.RamTflm)),
            ("tflmArena", Number(arena)))));
        yield return FirmwareEmitter.Text($"{n}_tflm.cc", model.Renderer.Render("model_tflm.cc", model.Values(
            ("includes", includes),
            ("operatorCount", Number(operators.Count)),
            ("registrations", operators.Select(o => o.Registration).ToArray()))));
        yield return FirmwareEmitter.Text($"{n}_model_data.cc", model.Renderer.Render("model_data.cc", model.Values(
            ("bytes", CText.Lines<byte>(model.Tflite)),
            ("size", Number(model.Tflite.Length)))));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
