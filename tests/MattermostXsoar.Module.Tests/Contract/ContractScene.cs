using System.Management.Automation;
using System.Text.Json;
using MattermostXsoar.Module.Tests.Groups;
using MattermostXsoar.Module.Tests.Mirrors;

namespace MattermostXsoar.Module.Tests.Contract;

/// <summary>A sandbox with everything that the commands ask for, the engine connected to it, and a plain client to
/// compare with.</summary>
internal sealed class ContractScene : IAsyncDisposable
{
    private readonly MirrorScene _scene;
    private readonly HttpClient _http;

    private ContractScene(MirrorScene scene)
    {
        _scene = scene;
        _http = new HttpClient { BaseAddress = new Uri(scene.Sandbox.MattermostUri, "/api/v4/") };
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer " + scene.Sandbox.PersonalToken);
    }

    /// <summary>The module's cmdlets by name.</summary>
    public IReadOnlyDictionary<string, CmdletInfo> Cmdlets { get; private set; } = new Dictionary<string, CmdletInfo>();

    public string TeamId { get; private set; } = "";

    /// <param name="errorWords">What Mattermost says of every error, in place of English; null for English.</param>
    public static async Task<ContractScene> StartAsync(string? errorWords = null)
    {
        var scene = new ContractScene(await MirrorScene.StartAsync(GroupScene.Licensed, "-NoListener"));
        if (errorWords is not null)
            scene._scene.Sandbox.Mattermost.ErrorLanguage = _ => errorWords;
        scene.Cmdlets = (await scene.InvokeAsync("Get-Command -Module MattermostXsoar -CommandType Cmdlet"))
            .Succeeded()
            .Select(cmdlet => (CmdletInfo)cmdlet.BaseObject)
            .ToDictionary(cmdlet => cmdlet.Name);
        scene.TeamId = (await scene.RawAsync("teams/name/panw")).GetProperty("id").GetString()!;
        scene.Set(
            "channelId",
            (await scene.RawAsync($"teams/{scene.TeamId}/channels/name/test")).GetProperty("id").GetString()
        );
        scene.Set("groupId", scene._scene.Sandbox.Mattermost.Group("tier1").Id);
        return scene;
    }

    public Task<EngineResult> InvokeAsync(string script) => _scene.InvokeAsync(script);

    public void Set(string variable, object? value) => _scene.Scene.Engine.Set(variable, value);

    public string IdOfGroup(string name) => _scene.Sandbox.Mattermost.Group(name).Id;

    /// <summary>What the server answers, without the module.</summary>
    public async Task<JsonElement> RawAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _scene.DisposeAsync();
    }
}
