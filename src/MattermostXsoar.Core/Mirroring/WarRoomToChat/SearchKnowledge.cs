using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.WarRoomToChat;

/// <summary>
/// What was found out about an XSOAR server's search for incidents, remembered in the store: a listener that starts again
/// need not find it out anew, while entries wait. Forgotten after a week, since XSOAR may have been upgraded.
/// </summary>
internal sealed class SearchKnowledge
{
    private const string Key = "incident-search";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly StateStore _store;
    private readonly TimeProvider _time;
    private readonly string _server;

    public SearchKnowledge(StateStore store, TimeProvider time, Uri server)
    {
        _store = store;
        _time = time;
        _server = server.AbsoluteUri;
        Current = Parse(store.ReadKept(Key));
    }

    public SearchReliability Current { get; private set; }

    /// <summary>Remembers what was found out. A store that cannot be written to makes it last until the end only.</summary>
    public async Task LearnAsync(SearchReliability found)
    {
        if (found == Current)
            return;
        Current = found;
        try
        {
            await _store
                .KeepAsync(
                    Key,
                    string.Format(
                        CultureInfo.InvariantCulture,
                        "{0} {1} {2}",
                        found,
                        _time.GetUtcNow().ToUnixTimeSeconds(),
                        _server
                    )
                )
                .ConfigureAwait(false);
        }
        catch (MattermostXsoarException)
        {
            // The writer reports it itself, and the next start finds it out again.
        }
    }

    private SearchReliability Parse(string? kept) =>
        kept?.Split(' ') is [var found, var at, var server]
        && server == _server
        && Enum.TryParse<SearchReliability>(found, out var known)
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && _time.GetUtcNow().ToUnixTimeSeconds() - seconds is >= 0 and var age
        && age < (long)Lifetime.TotalSeconds
            ? known
            : SearchReliability.Unknown;
}
