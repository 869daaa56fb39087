namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where a record or an <c>init</c> property is used; netstandard2.0 lacks it.</summary>
internal static class IsExternalInit;
