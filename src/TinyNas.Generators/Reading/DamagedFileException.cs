using System;

namespace TinyNas.Generators;

/// <summary>The file does not follow the format. Never leaves the parser, which turns it into TNAS0401 at the line.</summary>
internal sealed class DamagedFileException(string reason) : Exception(reason);
