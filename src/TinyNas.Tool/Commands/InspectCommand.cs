using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A .tflite file." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        Option<string> runtime = RuntimeOption.Create();
        var budget = new BudgetOptions();
        var command = new Command("inspect", "Shows operators, MACs, plan and resource estimates of a .tflite file.") { model, json, runtime };
        budget.AddTo(command);
        command.Run((parsed, _) =>
        {
            string path = parsed.GetRequiredValue(model);
            (Budget limits, string core) = budget.Read(parsed);
            Graph graph = ModelFile.Read(path);
            ExecutionPlan plan = Planner.Plan(graph, limits);
            ResourceEstimate estimate = ResourceEstimator.Estimate(graph, plan, core);
            if (parsed.GetValue(json)) Console.WriteLine(Json(graph, plan, estimate, core).ToJsonString(JsonStyle.Indented));
            else Print(graph, plan, estimate);
            // After the figures: whoever is over budget wants to see them.
            var request = new EmissionRequest(graph, new ModelCard(Path.GetFileNameWithoutExtension(path)), limits)
            {
                Runtimes = RuntimeOption.Read(parsed.GetRequiredValue(runtime)),
            };
            BudgetCheck.Check(request, plan, estimate);
            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(Graph graph, ExecutionPlan plan, ResourceEstimate estimate, string core)
    {
        JsonObject root = EstimateJson.Of(estimate);
        root["core"] = core;
        root["operators"] = new JsonArray([.. graph.Operators.Select((o, i) => (JsonNode)new JsonObject
        {
            ["index"] = i,
            ["kind"] = o.Code.Name(),
            ["macs"] = MacCounter.Of(graph, o),
            ["inputs"] = Indices(o.Inputs),
            ["outputs"] = Indices(o.Outputs),
            ["outputShape"] = Indices(graph.Tensors[o.Outputs[0]].Shape),
        })]);
        root["plan"] = PlanJson.Of(graph, plan);
        return root;
    }

    private static JsonArray Indices(IEnumerable<int> values) => [.. values.Select(v => (JsonNode?)v)];

    private static void Print(Graph graph, ExecutionPlan plan, ResourceEstimate estimate)
    {
        var operators = new Table().AddColumns("#", "Operator", "Output", "Shape", "MACs");
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            Operator op = graph.Operators[i];
            Tensor output = graph.Tensors[op.Outputs[0]];
            operators.AddRow(
                Number(i), op.Code.Name(), Markup.Escape(output.Name), string.Join('x', output.Shape.Select(d => Number(d))), Number(MacCounter.Of(graph, op)));
        }
        AnsiConsole.Write(operators);
        var figures = new Table().AddColumns("", "C", "TFLM").HideHeaders();
        figures.AddRow("", "C", "TFLM");
        figures.AddRow("RAM", Number(estimate.RamC), Number(estimate.RamTflm));
        figures.AddRow("stack", Number(estimate.RamCStack), "");
        figures.AddRow("flash", Number(estimate.FlashC), Number(estimate.FlashTflm));
        AnsiConsole.Write(figures);
        Console.WriteLine($"{Number(estimate.Macs)} MACs, {Number(estimate.ConstantBytes)} bytes of constants, arena of {Number(plan.ArenaBytes)} bytes in {Number(plan.Steps.Length)} steps");
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
