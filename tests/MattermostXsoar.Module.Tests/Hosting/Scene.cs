using System.Security;
using MattermostXsoar.Sandbox;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>A sandbox, and an engine with the variables to connect to it.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private Scene(SandboxServer sandbox, Engine engine)
    {
        Sandbox = sandbox;
        Engine = engine;
    }

    public const string Connect =
        "Connect-Mattermost -Uri $uri -BotToken $bot -PersonalAccessToken $personal -Team $team -XsoarUri $xsoar -XsoarApiKey $key @keyId";

    public const string ConnectWithoutXsoar =
        "Connect-Mattermost -Uri $uri -BotToken $bot -PersonalAccessToken $personal -Team $team";

    public SandboxServer Sandbox { get; }

    public Engine Engine { get; }

    /// <summary>Starts both, and connects unless requested otherwise.</summary>
    public static async Task<Scene> StartAsync(SandboxOptions? options = null, bool connect = true)
    {
        var scene = new Scene(await SandboxServer.StartAsync(options), await Engine.StartAsync());
        scene.SetVariables(scene.Engine);
        DeleteOldState(scene.Sandbox.MattermostUri);
        if (connect)
        {
            (await scene.Engine.InvokeAsync("$session = " + Connect)).Succeeded();
            scene.Sandbox.Calls.Clear();
        }

        return scene;
    }

    // An earlier sandbox may have had the port, and a session's state file is named after its server's address.
    private static void DeleteOldState(Uri mattermost)
    {
        var folder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData),
            "MattermostXsoar"
        );
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder, $"{mattermost.Host}-{mattermost.Port}.db*"))
            File.Delete(file);
    }

    public void SetVariables(Engine engine)
    {
        engine.Set("uri", Sandbox.MattermostUri.ToString());
        engine.Set("bot", Secret(Sandbox.BotToken));
        engine.Set("personal", Secret(Sandbox.PersonalToken));
        engine.Set("team", Sandbox.TeamName);
        engine.Set("xsoar", Sandbox.XsoarUri.ToString());
        engine.Set("key", Secret(Sandbox.XsoarApiKey));
        engine.Set("keyId", new System.Collections.Hashtable());
        if (Sandbox.XsoarApiKeyId is { } id)
            engine.Set("keyId", new System.Collections.Hashtable { ["XsoarApiKeyId"] = id });
    }

    public Task<EngineResult> InvokeAsync(string script) => Engine.InvokeAsync(script);

    public static SecureString Secret(string text)
    {
        var secret = new SecureString();
        foreach (var character in text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Fails if one of the tokens is in a text.</summary>
    public void AssertNoSecretIn(string text)
    {
        Assert.DoesNotContain(Sandbox.BotToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.PersonalToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Sandbox.XsoarApiKey, text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
