namespace MattermostXsoar.Core.Http;

/// <summary>The encodings in which a server may return the characters of a secret.</summary>
[Flags]
internal enum Escaping
{
    None = 0,

    /// <summary><c>%2B</c>, of the UTF-8 bytes; a space may be a plus.</summary>
    Percent = 1,

    /// <summary><c>\"</c> and <c>\u0026</c>.</summary>
    Json = 2,

    /// <summary><c>&amp;amp;</c>, <c>&amp;#38;</c> and <c>&amp;#x26;</c>.</summary>
    Html = 4,

    All = Percent | Json | Html,
}
