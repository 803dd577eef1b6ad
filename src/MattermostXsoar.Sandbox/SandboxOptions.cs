using MattermostXsoar.Sandbox.Mattermost;
using MattermostXsoar.Sandbox.Xsoar;

namespace MattermostXsoar.Sandbox;

/// <summary>How a sandbox behaves. The defaults are a Mattermost 11.6 and an XSOAR 6.14 on free loopback
/// ports.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port of the Mattermost side; 0 chooses a free one.</summary>
    public int MattermostPort { get; init; }

    /// <summary>Port of the XSOAR side; 0 chooses a free one.</summary>
    public int XsoarPort { get; init; }

    /// <summary>What <c>GET /about</c> returns. From 8 on: prefixes, <c>x-xdr-auth-id</c> and 303 instead of
    /// 404.</summary>
    public string XsoarVersion { get; init; } = "6.14.0";

    /// <summary>The version that the Mattermost server reports in <c>X-Version-Id</c> and in the hello frame, and that
    /// it imitates.</summary>
    /// <remarks>Two servers were recorded: 11.6.0 and 5.37.0.</remarks>
    public string MattermostVersion { get; init; } = "11.6.0";

    /// <summary>How many of the newest posts of people on the whole server are accessible; null for all. The free
    /// edition of Mattermost 11 has 10,000. <see cref="MattermostWorld.HistoryLimit"/> changes it while the server
    /// runs.</summary>
    public int? HistoryLimit { get; init; }

    /// <summary>Whether the server has its image proxy on: addresses of images in messages are replaced by its own, and
    /// <c>message_source</c> has what the author wrote.</summary>
    public bool ImageProxy { get; init; }

    /// <summary>Whether administrators may delete posts for good (<c>EnableAPIPostDeletion</c>), which exists from 10.0
    /// on.</summary>
    public bool PermanentPostDeletion { get; init; }

    /// <summary>Whether the license has groups. Without it every group call answers 501, as recorded.</summary>
    /// <remarks>Adding and removing members also needs a <see cref="MattermostVersion"/> of at least 6.3.</remarks>
    public bool GroupsLicensed { get; init; }

    /// <summary>How group calls answer where the API's description and the server's source differ.</summary>
    public GroupAnswers GroupAnswers { get; init; }

    /// <summary>Whether every user may create and change custom groups, or only system administrators.</summary>
    public bool EverybodyManagesCustomGroups { get; init; } = true;

    /// <summary>Whether hello carries a connection id with which a later socket can resume.</summary>
    public bool ReliableWebSockets { get; init; }

    /// <summary>Publish concurrent REST posts of different authors out of <c>create_at</c> order, as a real server
    /// does.</summary>
    public bool ShufflePublishing { get; init; }

    /// <summary>The seed of the choices of <see cref="ShufflePublishing"/>: which posts are published late, and by how
    /// much; null for other ones each time.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Include the token in plain text in <c>detailed_error</c> of a 401, as a server in developer mode
    /// does.</summary>
    public bool DeveloperMode { get; init; } = true;

    /// <summary>Compress answers of 1,400 bytes and more with gzip for clients that accept it, as a real server does.
    /// Off by default because it costs time.</summary>
    public bool Compression { get; init; }

    /// <summary>How many requests the Mattermost side lets through; null for any number.</summary>
    public SandboxRateLimit? RateLimit { get; init; }

    /// <summary>Whether the bot is a system administrator too.</summary>
    public bool BotIsSystemAdmin { get; init; }

    /// <summary>How long a websocket may stay without authentication.</summary>
    public TimeSpan UnauthenticatedTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lost connection can be resumed (reliable websockets only).</summary>
    public TimeSpan ResumeWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many frames may wait for a websocket that does not read; with more the server drops it. A real
    /// server does so at 256.</summary>
    public int WebSocketBacklog { get; init; } = 65_536;

    /// <summary>The largest file, in bytes, that may be uploaded.</summary>
    public long MaxFileSize { get; init; } = 50 * 1024 * 1024;

    /// <summary>The most characters in a post: 16383, or 4000 where the database is an old one.</summary>
    /// <remarks><see cref="Mattermost.MattermostWorld.MaxPostSize"/> changes it.</remarks>
    public int MaxPostSize { get; init; } = 16383;

    /// <summary>The address at which people reach the Mattermost server; empty if no administrator has set
    /// it.</summary>
    /// <remarks><see cref="Mattermost.MattermostWorld.SiteUrl"/> changes it.</remarks>
    public string SiteUrl { get; init; } = "";

    /// <summary>Whether a new entry moves <c>modified</c> of its incident.</summary>
    public bool EntriesTouchIncident { get; init; } = true;

    /// <summary>Whether <c>fromTime</c> is compared with an entry's <c>modified</c> instead of
    /// <c>created</c>.</summary>
    public bool FromTimeComparesModified { get; init; }

    /// <summary>Which entries are kept if more match than a page holds.</summary>
    public WarRoomPageCut WarRoomPageCut { get; init; } = WarRoomPageCut.NewestKept;

    /// <summary>Most entries in one answer, whatever <c>pageSize</c> asks for.</summary>
    public int WarRoomPageCap { get; init; } = 1000;

    /// <summary>Entries in one answer when the request names no <c>pageSize</c>.</summary>
    public int WarRoomPageDefault { get; init; } = 50;

    /// <summary>The category of an entry made by <c>/entry/formatted</c>.</summary>
    public string FormattedEntryCategory { get; init; } = "chat";

    /// <summary>Give entries random ids before the <c>@</c> instead of a running number.</summary>
    public bool RandomEntryIds { get; init; }

    /// <summary>What is not known about a real XSOAR, or differs between real ones.</summary>
    public XsoarBehaviour Xsoar { get; init; } = new();

    /// <summary>How long every XSOAR call takes before it is handled.</summary>
    public TimeSpan LatencyXsoar { get; init; }

    /// <summary>Whether <see cref="SandboxServer.Calls"/> keeps the bodies of requests.</summary>
    public bool RecordBodies { get; init; } = true;

    /// <summary>How many calls <see cref="SandboxServer.Calls"/> keeps; older ones are removed.</summary>
    public int CallCapacity { get; init; } = 100_000;

    /// <summary>How many bytes of bodies <see cref="SandboxServer.Calls"/> keeps; a call remains in it when its body is
    /// removed.</summary>
    public long CallBodyCapacity { get; init; } = 64 * 1024 * 1024;

    /// <summary>About how many posts the Mattermost side keeps; older ones are removed with their threads and files,
    /// without an event.</summary>
    public int PostCapacity { get; init; } = 200_000;

    /// <summary>The initial people, channels and incidents.</summary>
    public SandboxSeed Seed { get; init; } = new();

    /// <summary>The clock of both servers.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal bool IsXsoar8 => Version.TryParse(XsoarVersion, out var version) && version.Major >= 8;
}
