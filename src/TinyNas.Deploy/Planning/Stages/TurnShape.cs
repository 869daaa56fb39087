namespace TinyNas.Deploy;

/// <summary>
/// What sets the parameters of a turn apart from those of its kernel's other turns: output rows and columns, rows and columns
/// that are there, padding above and to the left.
/// </summary>
internal readonly record struct TurnShape(int Rows, int Columns, int RowsRead, int ColumnsRead, int PadTop, int PadLeft)
{
    public static TurnShape Of(Stage stage, StageTurn turn) => stage.Kernels[turn.Part].Slice(turn.First, turn.Rows, turn.Columns, turn.Reads[0].Columns)[0] switch
    {
        PreparedConv2D p => Of(turn, p.Window),
        PreparedDepthwiseConv2D p => Of(turn, p.Window),
        PreparedPool2D p => Of(turn, p.Window),
        _ => new TurnShape(turn.Rows, turn.Columns.Count, 0, 0, 0, 0),
    };

    private static TurnShape Of(StageTurn turn, Window2D w) => new(turn.Rows, turn.Columns.Count, w.InputHeight, w.InputWidth, w.PadTop, w.PadLeft);
}
