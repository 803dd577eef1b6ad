using System.Globalization;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Identifies an entry in the store. That is its id, as long as no other entry had it before. A server that was
/// restored, or set up anew, gives its ids again: then the time at which the entry was written, in milliseconds since
/// 1970, is part of the key.
/// </summary>
internal static class EntryKey
{
    private const char Separator = '#';

    /// <summary>The key of an entry whose id another entry had before.</summary>
    public static string Of(string entryId, long createdAtMs) =>
        entryId + Separator + createdAtMs.ToString(CultureInfo.InvariantCulture);

    /// <summary>The entry's id.</summary>
    public static string IdOf(string key) => key.IndexOf(Separator) is var at and >= 0 ? key.Substring(0, at) : key;

    /// <summary>When the entry was written, if that is part of its key; else null.</summary>
    public static string? CreatedOf(string key) =>
        key.IndexOf(Separator) is var at and >= 0 ? key.Substring(at + 1) : null;
}
