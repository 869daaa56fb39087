namespace TinyNas.Deploy;

/// <summary>What sets the parameters of a turn apart from those of its kernel's other turns: output rows, rows read, rows of padding above.</summary>
internal readonly record struct TurnShape(int Rows, int Read, int Pad)
{
    public static TurnShape Of(Stage stage, StageTurn turn) => stage.Kernels[turn.Part].Slice(turn.First, turn.Rows)[0] switch
    {
        PreparedConv2D p => new TurnShape(turn.Rows, p.Window.InputHeight, p.Window.PadTop),
        PreparedDepthwiseConv2D p => new TurnShape(turn.Rows, p.Window.InputHeight, p.Window.PadTop),
        PreparedPool2D p => new TurnShape(turn.Rows, p.Window.InputHeight, p.Window.PadTop),
        _ => new TurnShape(turn.Rows, 0, 0),
    };
}
