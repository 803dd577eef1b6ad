using System.Text.Json;

namespace MattermostXsoar.Core.Platform;

/// <summary>Texts within JSON that a server, or anybody who writes to it, chose.</summary>
internal static class JsonText
{
    /// <summary>
    /// The text; empty for anything else, and for one that cannot be represented, such as half of a surrogate pair.
    /// </summary>
    public static string TextOrEmpty(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
