using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.Mirroring;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Xsoar;

namespace MattermostXsoar.Benchmarks.Mirroring;

/// <summary>A session with a mirror on a sandbox in another process, with default options and a store of its
/// own.</summary>
internal sealed class SoakStage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mattermost-xsoar-soak-");
    private readonly List<IDisposable> _clients = [];
    private MirrorService _service = null!;

    /// <summary>The mirror's channel.</summary>
    public string ChannelId { get; private set; } = "";

    /// <summary>The state file's length.</summary>
    public long StateBytes => new FileInfo(StatePath).Length;

    /// <summary>The length of the write-ahead log.</summary>
    public long WalBytes => new FileInfo(StatePath + "-wal").Length;

    private string StatePath => Path.Combine(_folder.FullName, "state.db");

    public static async Task<SoakStage> StartAsync(SoakAddress address)
    {
        var stage = new SoakStage();
        await stage.ConnectAsync(address);
        return stage;
    }

    /// <summary>The mirror's counters as text.</summary>
    public string View() =>
        _service.GetMirrors()[0] is var mirror
            ? $"{mirror.FromChat} and {mirror.FromWarRoom} mirrored, {mirror.Failed} failed"
            : "";

    public async ValueTask DisposeAsync()
    {
        await _service.CloseAsync();
        foreach (var client in _clients)
            client.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task ConnectAsync(SoakAddress address)
    {
        var environment = new ClientEnvironment();
        var transport = new TransportOptions();
        AccessToken Secret(string text) => new(text, environment.Redactor);
        var bot = MattermostClient.Create(
            address.Mattermost,
            Secret(address.BotToken),
            TokenRole.Bot,
            transport,
            environment
        );
        var personal = bot.WithToken(Secret(address.PersonalToken), TokenRole.Personal);
        var xsoar = XsoarClient.Create(address.Xsoar, Secret(address.ApiKey), null, transport, environment);
        _clients.AddRange([bot, personal, xsoar]);
        _service = new MirrorService(
            new MirrorServiceOptions
            {
                Bot = bot,
                Personal = personal,
                Xsoar = xsoar,
                BotUser = await bot.Users.GetMeAsync(CancellationToken.None),
                PersonalUser = await personal.Users.GetMeAsync(CancellationToken.None),
                WarRoomLink = id => XsoarLinks.WarRoom(address.Xsoar, new Version(6, 14), id),
                Environment = environment,
                StatePath = StatePath,
            }
        );
        var team = await personal.Teams.GetByNameAsync(address.Team, CancellationToken.None);
        var request = new MirrorRequest
        {
            InvestigationId = address.InvestigationId,
            Team = team,
            KickAdmin = true,
        };
        ChannelId = (await _service.StartMirrorAsync(request, CancellationToken.None)).ChannelId;
        await _service.Listener.WaitAsync(ListenerState.Connected, CancellationToken.None);
    }
}
