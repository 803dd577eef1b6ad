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
        Posts = new PostsClient(transport);
        Files = new FilesClient(transport, connection.Environment.TimeProvider);
        System = new SystemClient(transport);
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

    public FilesClient Files { get; }

    public SystemClient System { get; }

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
