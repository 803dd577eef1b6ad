using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>Clients with known secrets, so that every test can look for them where they must not be.</summary>
internal static class TestClients
{
    public const string Token = "badtoken0000000000000000zz";

    public const string XsoarKey = "A1B2C3D4E5F6A1B2C3D4E5F6A1B2C3D4";

    public static ClientEnvironment Environment(TimeProvider? time = null) =>
        new() { TimeProvider = time ?? new WaitRecordingTimeProvider(), Random = () => 0.5 };

    public static MattermostClient Mattermost(
        Uri uri,
        ClientEnvironment? environment = null,
        TransportOptions? transport = null,
        TokenRole role = TokenRole.Bot
    )
    {
        environment ??= Environment();
        return MattermostClient.Create(
            uri,
            new AccessToken(Token, environment.Redactor),
            role,
            transport ?? new TransportOptions(),
            environment
        );
    }

    public static XsoarClient Xsoar(
        Uri uri,
        string? keyId = null,
        ClientEnvironment? environment = null,
        string? prefix = null
    )
    {
        environment ??= Environment();
        return XsoarClient.Create(
            uri,
            new AccessToken(XsoarKey, environment.Redactor),
            keyId,
            new TransportOptions(),
            environment,
            prefix
        );
    }
}
