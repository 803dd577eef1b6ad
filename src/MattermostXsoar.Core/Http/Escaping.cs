namespace MattermostXsoar.Core.Http;

/// <summary>The ways of writing a character as something else that a secret may have gone through on its way
/// back.</summary>
[Flags]
internal enum Escaping
{
    None = 0,

    /// <summary><c>%2B</c>, of the UTF-8 bytes; a blank may be a plus.</summary>
    Percent = 1,

    /// <summary><c>\"</c> and <c>\u0026</c>.</summary>
    Json = 2,

    /// <summary><c>&amp;amp;</c>, <c>&amp;#38;</c> and <c>&amp;#x26;</c>.</summary>
    Html = 4,

    All = Percent | Json | Html,
}
