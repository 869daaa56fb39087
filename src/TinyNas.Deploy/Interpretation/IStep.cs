namespace TinyNas.Deploy;

/// <summary>One prepared operator, ready to run again and again: packed weights and scratch are made once, in the constructor.</summary>
internal interface IStep
{
    void Execute(TensorStore tensors);
}
