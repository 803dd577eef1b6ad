using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>A Mattermost server as one token sees it.</summary>
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
        var funnel = new ApiTransport(connection, ApiCredentials.Bearer(token), new MattermostErrorMapper(role));
        Users = new UsersClient(funnel);
        Teams = new TeamsClient(funnel);
        Channels = new ChannelsClient(funnel);
        Groups = new GroupsClient(funnel);
        Posts = new PostsClient(funnel);
        Files = new FilesClient(funnel, connection.Environment.TimeProvider);
        System = new SystemClient(funnel);
    }

    /// <summary>The server's address, without <c>/api/v4</c> and without a slash at its end where it has a
    /// path.</summary>
    public Uri BaseUri => _connection.BaseUri;

    public TokenRole Role { get; }

    /// <summary>The token, for the websocket's own authentication.</summary>
    public AccessToken Token { get; }

    public TransportOptions Transport => _connection.Options;

    public UsersClient Users { get; }

    public TeamsClient Teams { get; }

    public ChannelsClient Channels { get; }

    public GroupsClient Groups { get; }

    public PostsClient Posts { get; }

    public FilesClient Files { get; }

    public SystemClient System { get; }

    /// <summary>Opens a client with a connection pool of its own.</summary>
    public static MattermostClient Create(
        Uri uri,
        AccessToken token,
        TokenRole role,
        TransportOptions transport,
        ClientEnvironment environment
    ) => new(new HttpConnection(ServerAddress.Normalize(uri, ApiPath), transport, environment), token, role);

    /// <summary>Opens a client with another token over the same connections.</summary>
    public MattermostClient WithToken(AccessToken token, TokenRole role) => new(_connection.Share(), token, role);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _connection.Release();
    }
}
