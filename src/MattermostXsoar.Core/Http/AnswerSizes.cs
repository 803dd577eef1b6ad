namespace MattermostXsoar.Core.Http;

/// <summary>
/// How many bytes of an answer are read. Without a limit a server, or whatever answers in its place, could fill the
/// memory: an endless answer never ends. Each limit is many times what the largest answer of its kind has.
/// </summary>
internal static class AnswerSizes
{
    private const int MegaByte = 1024 * 1024;

    /// <summary>Of a refusal: an error object or a web page, of which the beginning is described.</summary>
    public const int LargestRefusal = MegaByte;

    /// <summary>The limit in bytes for a successful answer.</summary>
    public static int Limit(this AnswerSize size) =>
        size switch
        {
            AnswerSize.List => 64 * MegaByte,
            AnswerSize.WarRoom => 256 * MegaByte,
            _ => 16 * MegaByte,
        };
}
