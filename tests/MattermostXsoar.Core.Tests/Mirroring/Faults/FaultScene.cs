using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Sandbox;
using MattermostXsoar.Sandbox.Faults;
using Xunit;

namespace MattermostXsoar.Core.Tests.Mirroring.Faults;

/// <summary>A mirror at work with people on both sides, and the faults that meet it.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    public const string Posts = "/api/v4/posts$";
    public const string Entries = "/entry/formatted$";
    public const string Frames = "^posted$";

    private FaultScene(MirrorHarness harness, Traffic traffic)
    {
        Harness = harness;
        Traffic = traffic;
    }

    public MirrorHarness Harness { get; }

    public Traffic Traffic { get; }

    public SandboxServer Sandbox => Harness.Sandbox;

    public static Task<FaultScene> StartAsync(
        ITestOutputHelper output,
        SandboxOptions? options = null,
        TimeSpan? timeout = null,
        MirrorOptions? mirroring = null,
        TimeProvider? clock = null,
        bool byArrival = false
    ) =>
        StartAsync(
            harness => new Traffic(harness, output) { ByArrival = byArrival },
            options,
            timeout,
            mirroring,
            clock
        );

    public static async Task<FaultScene> StartAsync(
        Func<MirrorHarness, Traffic> traffic,
        SandboxOptions? options = null,
        TimeSpan? timeout = null,
        MirrorOptions? mirroring = null,
        TimeProvider? clock = null
    )
    {
        var harness = await MirrorHarness.StartAsync(options, mirroring, timeout, clock);
        await harness.Service.StartMirrorAsync(harness.Request() with { AutoClose = false }, harness.Token);
        await harness.Service.WaitListenerAsync(Core.Mirroring.Models.ListenerState.Connected, harness.Token);
        foreach (var person in harness.Sandbox.Options.Seed.People)
            harness.Sandbox.Mattermost.AddMember("incident-1", person.Username);
        return new FaultScene(harness, traffic(harness));
    }

    /// <summary>The next calls that fit meet the fault.</summary>
    public Fault OnPost(
        FaultKind kind,
        int count = 1,
        int skip = 0,
        int status = 500,
        string? retryAfter = null,
        string? reset = null
    ) => Add("mattermost", Posts, kind, count, skip, status, retryAfter, reset);

    /// <inheritdoc cref="OnPost"/>
    public Fault OnEntry(
        FaultKind kind,
        int count = 1,
        int skip = 0,
        int status = 500,
        string? retryAfter = null,
        string? reset = null
    ) => Add("xsoar", Entries, kind, count, skip, status, retryAfter, reset);

    /// <summary>The fault hits the next frames that carry a post.</summary>
    public Fault OnFrame(FaultKind kind, int count = 1, int skip = 0) =>
        Sandbox.Faults.Add(
            new Fault
            {
                Server = "mattermost",
                PathPattern = Frames,
                Kind = kind,
                Count = count,
                Skip = skip,
            }
        );

    /// <summary>Everybody writes, with disturbances in between; then all is counted.</summary>
    public async Task RunAsync(params Func<Task>[] disturbances)
    {
        await Traffic.TalkAsync(disturbances);
        await Traffic.AccountAsync();
    }

    public static Func<Task> Then(Action act) =>
        () =>
        {
            act();
            return Task.CompletedTask;
        };

    public ValueTask DisposeAsync() => Harness.DisposeAsync();

    private Fault Add(
        string server,
        string path,
        FaultKind kind,
        int count,
        int skip,
        int status,
        string? retryAfter,
        string? reset
    ) =>
        Sandbox.Faults.Add(
            new Fault
            {
                Server = server,
                Method = "POST",
                PathPattern = path,
                Kind = kind,
                Count = count,
                Skip = skip,
                Status = status,
                RetryAfter = retryAfter,
                RateLimitReset = reset,
            }
        );
}
