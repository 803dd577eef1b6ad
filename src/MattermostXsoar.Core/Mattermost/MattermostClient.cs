using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>A client of a Mattermost server with one token.</summary>
internal sealed class MattermostClient : IDisposable
{
    public const string ApiPath = "/api/v4";

    private readonly HttpConnection _connection;
    private int _disposed;

    private MattermostClient(HttpConnection connection, AccessToken token, TokenRole role)
    {
        _connection = connection;
        Token = token;
        Role = role;
        var transport = new ApiTransport(connection, ApiCredentials.Bearer(token), new MattermostErrorMapper(role));
        Users = new UsersClient(transport);
        Teams = new TeamsClient(transport);
        Channels = new ChannelsClient(transport);
        Groups = new GroupsClient(transport);
        System = new SystemClient(transport);
        Settings = new ServerSettingsCache(System, connection.Environment.TimeProvider);
        Posts = new PostsClient(transport, Settings);
        Reactions = new ReactionsClient(transport);
        Files = new FilesClient(transport, Settings);
    }

    /// <summary>
    /// The server's address, without <c>/api/v4</c>; a path has no trailing slash.
    /// </summary>
    public Uri BaseUri => _connection.BaseUri;

    public TokenRole Role { get; }

    /// <summary>The token, for the authentication of the websocket.</summary>
    public AccessToken Token { get; }

    public TransportOptions Transport => _connection.Options;

    public UsersClient Users { get; }

    public TeamsClient Teams { get; }

    public ChannelsClient Channels { get; }

    public GroupsClient Groups { get; }

    public PostsClient Posts { get; }

    public ReactionsClient Reactions { get; }

    public FilesClient Files { get; }

    public SystemClient System { get; }

    /// <summary>Whether the server has shown that it limits the rate of requests.</summary>
    public bool LimitsRate => _connection.LimitsRate;

    /// <summary>The server's settings.</summary>
    public ServerSettingsCache Settings { get; }

    /// <summary>
    /// The address that people are shown: the server's own (SiteURL), as far as it is known and set, else the one that
    /// this client connects to.
    /// </summary>
    public Uri PublicUri => Settings.Known.SiteUrl ?? BaseUri;

    /// <summary>Creates a client with its own connections.</summary>
    public static MattermostClient Create(
        Uri uri,
        AccessToken token,
        TokenRole role,
        TransportOptions transport,
        ClientEnvironment environment
    ) => new(new HttpConnection(ServerAddress.Normalize(uri, ApiPath), transport, environment), token, role);

    /// <summary>Creates a client with another token that shares the connections.</summary>
    public MattermostClient WithToken(AccessToken token, TokenRole role) => new(_connection.Share(), token, role);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _connection.Release();
    }
}
