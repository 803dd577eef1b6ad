using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring.Reading;
using MattermostXsoar.Core.Tests.Http;
using MattermostXsoar.Core.Xsoar;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Reading;

/// <summary>Who a Mattermost user is in XSOAR: by verified e-mail address only.</summary>
public sealed class XsoarUserDirectoryTests : IAsyncDisposable
{
    private const string Settings = "\"notify_props\":{\"email\":\"true\"}";

    private readonly WaitRecordingTimeProvider _time = new();
    private readonly LoopbackServer _mattermost;
    private readonly LoopbackServer _xsoar;
    private readonly MattermostClient _personal;
    private readonly XsoarClient _client;
    private readonly XsoarUserDirectory _directory;

    private string _user = "";

    private string _users = """
        [{"id":"jane","username":"jane","name":"Jane Doe","email":"Jane.Doe@Example.com"},
         {"id":"twin1","username":"twin1","email":"twin@example.com"},{"id":"twin2","username":"twin2","email":"twin@example.com"},
         {"id":"off","username":"off","email":"off@example.com","disabled":true},
         {"id":"nomail","username":"nomail","email":""}]
        """;

    public XsoarUserDirectoryTests()
    {
        _mattermost = new LoopbackServer(_ => LoopbackAnswer.Json($"{{\"id\":\"u1\",\"username\":\"jane\",{_user}}}"));
        _xsoar = new LoopbackServer(_ => LoopbackAnswer.Json(_users));
        _personal = TestClients.Mattermost(_mattermost.Uri, role: TokenRole.Personal);
        _client = TestClients.Xsoar(_xsoar.Uri);
        _directory = new XsoarUserDirectory(_client, _personal, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _personal.Dispose();
        _client.Dispose();
        await _mattermost.DisposeAsync();
        await _xsoar.DisposeAsync();
    }

    [Theory]
    [InlineData("\"email\":\"jane.doe@example.com\",\"email_verified\":true")]
    [InlineData("\"email\":\"JANE.DOE@example.com\",\"auth_service\":\"saml\"")]
    public async Task A_verified_address_is_compared_without_case(string user)
    {
        _user = user;

        var identity = await _directory.FindAsync("u1", Token);

        Assert.Equal(
            ("jane", AccountDoubt.None, ""),
            (identity.Account?.Username, identity.Doubt, identity.Explanation)
        );
    }

    [Theory]
    [InlineData("\"email\":\"jane.doe@example.com\"," + Settings, "EmailNotVerified")]
    [InlineData("\"email\":\"jane.doe@example.com\",\"email_verified\":false," + Settings, "EmailNotVerified")]
    [InlineData("\"email\":\"jane.doe@example.com\"", "VerificationHidden")]
    [InlineData("\"email\":\"\",\"email_verified\":true", "VerificationHidden")]
    [InlineData("\"email\":\"jane.doe@example.com\",\"auth_service\":\"email\"", "VerificationHidden")]
    [InlineData("\"email\":\"jane.doe@example.com\",\"email_verified\":true,\"is_bot\":true", "Bot")]
    [InlineData("\"email\":\"jane.doe@example.com\",\"email_verified\":true,\"delete_at\":5", "Deactivated")]
    [InlineData("\"email\":\"other@example.com\",\"email_verified\":true", "NoAccount")]
    [InlineData("\"email\":\"off@example.com\",\"email_verified\":true", "Disabled")]
    [InlineData("\"email\":\"twin@example.com\",\"email_verified\":true", "Ambiguous")]
    public async Task Anybody_else_is_nobody_and_told_why(string user, string doubt)
    {
        _user = user;

        var identity = await _directory.FindAsync("u1", Token);

        Assert.Null(identity.Account);
        Assert.Equal(doubt, identity.Doubt.ToString());
        Assert.NotEmpty(identity.Explanation);
    }

    [Fact]
    public async Task The_users_of_XSOAR_are_read_now_and_then_and_sooner_for_somebody_who_is_missing()
    {
        _user = "\"email\":\"jane.doe@example.com\",\"email_verified\":true";
        await _directory.FindAsync("u1", Token);
        await _directory.FindAsync("u1", Token);
        Assert.Single(_xsoar.Requests);

        _user = "\"email\":\"new@example.com\",\"email_verified\":true";
        Assert.Equal(AccountDoubt.NoAccount, (await _directory.FindAsync("u1", Token)).Doubt);
        Assert.Single(_xsoar.Requests);
        _users = """[{"id":"new","username":"new","email":"new@example.com"}]""";
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("new", (await _directory.FindAsync("u1", Token)).Account?.Username);

        _users = "[]";
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.NotNull((await _directory.FindAsync("u1", Token)).Account);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(AccountDoubt.NoAccount, (await _directory.FindAsync("u1", Token)).Doubt);
    }
}
