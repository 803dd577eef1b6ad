using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Mirrors;

/// <summary>A scene whose session keeps its state file in a folder of the test's own.</summary>
internal sealed class MirrorScene : IAsyncDisposable
{
    public const string Connect = "$session = " + Scene.Connect + " -StatePath $state";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mmxs-module-");

    private MirrorScene(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    public SandboxServer Sandbox => Scene.Sandbox;

    public string StateFile => Path.Combine(_folder.FullName, "state.db");

    /// <summary>Far beyond what anything here takes: reaching it means that something hangs.</summary>
    public CancellationToken Deadline { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public static async Task<MirrorScene> StartAsync(SandboxOptions? options = null, string more = "")
    {
        var scene = new MirrorScene(await Scene.StartAsync(options, connect: false));
        scene.Scene.Engine.Set("state", scene.StateFile);
        (await scene.InvokeAsync(Connect + " " + more)).Succeeded();
        scene.Sandbox.Calls.Clear();
        return scene;
    }

    public Task<EngineResult> InvokeAsync(string script) => Scene.InvokeAsync(script);

    /// <summary>Waits until the War Room holds an entry with this text.</summary>
    public Task WarRoomHasAsync(string text, string investigationId = "1") =>
        Sandbox.Xsoar.WhenAsync(
            world =>
                world.Entries(investigationId).Any(entry => entry.Contents.Contains(text, StringComparison.Ordinal)),
            Deadline
        );

    /// <summary>Waits until the channel holds a post with this text.</summary>
    public Task ChannelHasAsync(string channel, string text) =>
        Sandbox.Mattermost.WhenAsync(
            world => world.Messages(channel).Any(post => post.Message.Contains(text, StringComparison.Ordinal)),
            Deadline
        );

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
