namespace TinyNas.Training;

/// <summary>
/// What recurrent layers share: products of the weights with inputs and states, step by step forward and back through time.
/// A cell is a layer's own: it makes a state of both products, and gradients of both of that of the state.
/// </summary>
/// <remarks>Everything is kept for all columns: [column][block][row][16], states with the zeros before the first column at 0.</remarks>
internal abstract unsafe class RecurrentLayer : TrainingLayer
{
    private readonly int index, rows, columns;
    private readonly bool sequence;
    private readonly ulong seed;
    private readonly FeatureMap input, output, outputGradient;
    private readonly FeatureMap? inputGradient;
    private readonly Parameter kernel, recurrent;
    private readonly Region zeros, fromInput, fromState, states, inputProducts, stateProducts, carried, back;
    private readonly TiledProduct forwardInput, forwardState, backwardState;
    private readonly TiledProduct? backwardInput;
    private readonly DenseWeightGradient kernelGradient, recurrentGradient;

    /// <param name="gates">Rows of the products per unit.</param>
    protected RecurrentLayer(
        PlanContext plan, int stage, int index, Recurrent layer, int gates, FeatureMap input, FeatureMap output, FeatureMap? inputGradient, FeatureMap outputGradient)
    {
        (this.index, seed, sequence, Units, Blocks, Kernels) = (index, plan.Seed, layer.Sequence, layer.Units, plan.Blocks, plan.Kernels);
        (this.input, this.output, this.inputGradient, this.outputGradient) = (input, output, inputGradient, outputGradient);
        int inputs = input.Shape.Channels;
        (rows, columns) = (gates * Units, input.Shape.Width);
        kernel = plan.Parameters.Add(index, "kernel", rows * inputs);
        recurrent = plan.Parameters.Add(index, "recurrent", rows * Units);
        int now = plan.Clock.Forward(stage), then = plan.Clock.Backward(stage);
        long row = Blocks * 16L;
        zeros = plan.Arena.Reserve(Math.Max(rows, inputs));
        inputProducts = plan.Arena.Reserve(columns * rows * row, now, then);
        stateProducts = plan.Arena.Reserve(columns * rows * row, now, then);
        states = plan.Arena.Reserve((columns + 1) * Units * row, now, then);
        fromInput = plan.Arena.Reserve(columns * rows * row, then, then);
        fromState = plan.Arena.Reserve(columns * rows * row, then, then);
        carried = plan.Arena.Reserve(Units * row, then, then);
        back = plan.Arena.Reserve(Units * row, then, then);
        var pass = new ProductPass { ScalarTerm = 1, VectorTerm = 16, OutputRow = 16, OutputStep = rows * 16, Runs = 1 };
        forwardInput = new TiledProduct(Kernels, rows, Blocks, pass with { ScalarRow = inputs, RunLength = inputs, VectorStep = input.Block });
        forwardState = new TiledProduct(Kernels, rows, Blocks, pass with { ScalarRow = Units, RunLength = Units, VectorStep = Units * 16 });
        pass = pass with { ScalarRow = 1, VectorStep = rows * 16, RunLength = rows };
        backwardState = new TiledProduct(Kernels, Units, Blocks, pass with { ScalarTerm = Units, OutputStep = Units * 16 });
        if (inputGradient is not null)
            backwardInput = new TiledProduct(Kernels, inputs, Blocks, pass with { ScalarTerm = inputs, OutputStep = inputGradient.Block });
        kernelGradient = new DenseWeightGradient(plan, columns * Blocks, inputs, rows, rows * 16, then);
        recurrentGradient = new DenseWeightGradient(plan, columns * Blocks, Units, rows, rows * 16, then);
    }

    protected int Units { get; }

    protected int Columns => columns;

    protected int Blocks { get; }

    protected KernelSet Kernels { get; }

    /// <summary>Normal with variance 1 / fan-in: a product of the size of its inputs.</summary>
    public override void Initialise()
    {
        HeNormal.Fill(kernel, seed, index, 2 * input.Shape.Channels);
        HeNormal.Fill(recurrent, seed, index, 2 * Units, part: 1);
    }

    public override void Forward(long step)
    {
        new Span<float>(State(0, 0), Units * Blocks * 16).Clear();
        Begin();
        for (int t = 0; t < columns; t++)
        {
            forwardInput.Run(kernel.Values, input.At(0, 0, t), zeros.Pointer, InputProducts(t, 0));
            forwardState.Run(recurrent.Values, State(t, 0), zeros.Pointer, StateProducts(t, 0));
            for (int block = 0; block < Blocks; block++)
            {
                Cell(t, block, InputProducts(t, block), StateProducts(t, block), State(t, block), State(t + 1, block));
                if (sequence || t == columns - 1) new Span<float>(State(t + 1, block), Units * 16).CopyTo(output.Pixel(block, 0, sequence ? t : 0));
            }
        }
    }

    public override void Backward()
    {
        carried.Clear();
        BeginBackward();
        for (int t = columns - 1; t >= 0; t--)
        {
            for (int block = 0; block < Blocks; block++)
            {
                float* gradient = carried.Pointer + block * Units * 16;
                if (sequence || t == columns - 1) Kernels.AddScaled(gradient, outputGradient.At(block, 0, sequence ? t : 0), 1, Units * 16);
                CellBackward(
                    t, block, InputProducts(t, block), StateProducts(t, block), State(t, block), State(t + 1, block),
                    gradient, At(fromInput, t, block, rows), At(fromState, t, block, rows));
                kernelGradient.Take(input.At(block, 0, t), t * Blocks + block);
                recurrentGradient.Take(State(t, block), t * Blocks + block);
            }
            backwardState.Run(recurrent.Values, At(fromState, t, 0, rows), zeros.Pointer, back.Pointer);
            Kernels.AddScaled(carried.Pointer, back.Pointer, 1, Units * Blocks * 16);
            backwardInput?.Run(kernel.Values, At(fromInput, t, 0, rows), zeros.Pointer, inputGradient!.At(0, 0, t));
        }
        kernelGradient.Run(fromInput.Pointer, kernel.Gradients);
        recurrentGradient.Run(fromState.Pointer, recurrent.Gradients);
        EndBackward();
    }

    /// <summary>Before the first column.</summary>
    protected virtual void Begin() { }

    protected abstract void Cell(int column, int block, float* fromInput, float* fromState, float* before, float* after);

    protected virtual void BeginBackward() { }

    /// <param name="gradient">In: of the state after; out: what reaches the state before past the products.</param>
    protected abstract void CellBackward(
        int column, int block, float* fromInput, float* fromState, float* before, float* after, float* gradient, float* inputGradient, float* stateGradient);

    /// <summary>Gradients of what is the layer's own.</summary>
    protected abstract void EndBackward();

    /// <summary>Sums of rows of the gradients of the products with inputs, over columns and samples.</summary>
    protected void SumRows(Region sums, Parameter bias, int first, bool ofState)
    {
        sums.Clear();
        for (int t = 0; t < columns; t++)
            for (int block = 0; block < Blocks; block++)
                Kernels.AddSums(new Pixels(At(ofState ? fromState : fromInput, t, block, rows) + first * 16, 0), 1, bias.Count, sums.Pointer);
        for (int i = 0; i < bias.Count; i++) bias.Gradients[i] = LaneSum.Of(sums.Pointer + i * 16);
    }

    protected float* At(Region region, int column, int block, int height) => region.Pointer + ((nint)column * Blocks + block) * height * 16;

    private float* State(int column, int block) => At(states, column, block, Units);

    private float* InputProducts(int column, int block) => At(inputProducts, column, block, rows);

    private float* StateProducts(int column, int block) => At(stateProducts, column, block, rows);
}
