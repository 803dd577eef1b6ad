using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// XSOAR as the mirrors use it: its client, what is known of the server, and how many read at once.
/// </summary>
internal sealed record XsoarAccess
{
    // Enough to make good use of a server, few enough to leave it capacity for others.
    private const int MaxConcurrentReads = 8;

    /// <summary>Null in a session without XSOAR.</summary>
    public required XsoarClient? Configured { get; init; }

    /// <summary>The client.</summary>
    /// <exception cref="MattermostXsoarException">XsoarNotConfigured.</exception>
    public XsoarClient Client => Configured ?? throw NotConfigured();

    /// <summary>Whether the session has XSOAR.</summary>
    public bool IsConfigured => Configured is not null;

    /// <summary>The error of a session without XSOAR.</summary>
    public static MattermostXsoarException NotConfigured() =>
        new(
            ErrorIds.XsoarNotConfigured,
            ErrorKind.InvalidOperation,
            "This session has no XSOAR server.",
            "Connect with -XsoarUri and -XsoarApiKey (and -XsoarApiKeyId for XSOAR 8)."
        );

    /// <summary>The address of an investigation's War Room for people.</summary>
    public required Func<string, Uri> LinkTo { get; init; }

    /// <summary>
    /// The server is an XSIAM, which creates an empty investigation when one that does not exist is requested.
    /// </summary>
    public bool CreatesInvestigationsOnRead { get; init; }

    /// <summary>
    /// Whether an entry can be given another text; true until the server shows that it adds a further entry instead.
    /// </summary>
    public bool EditsEntries { get; set; } = true;

    /// <summary>How many mirrors read their War Rooms at once.</summary>
    public ConcurrencyLimit ReadLimit { get; } = new(MaxConcurrentReads);

    /// <summary>How many entries the server puts into one answer, as far as that is known.</summary>
    public WarRoomPageLimit PageLimit { get; } = new();
}
