using System.Security.Cryptography;
using MattermostXsoar.Sandbox.Xsoar.Model;

namespace MattermostXsoar.Sandbox.Xsoar;

/// <summary>The state of the XSOAR server and the actions of people in its War Rooms.</summary>
public sealed partial class XsoarWorld
{
    private readonly Lock _gate = new();
    private readonly SandboxOptions _options;
    private readonly Signal _changed = new();
    private readonly OrderedDictionary<string, SandboxIncident> _incidents = [];
    private long _lastNanoseconds;
    private int _nextIncident;

    internal XsoarWorld(SandboxOptions options)
    {
        _options = options;
        ApiKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        ApiKeyId = options.IsXsoar8 ? "7" : null;
        ApiUser = options.IsXsoar8 ? "XSOARPAPIUser_" + ApiKeyId : "admin";
        Add(
            new SandboxIncident
            {
                Id = PlaygroundId,
                Name = "Playground",
                InvestigationType = 9,
                CreatedNanoseconds = Now(),
            }
        );
        AddUser(options.IsXsoar8 ? KeyCreator : "admin", "Admin Dude", KeyCreator, "Administrator");
    }

    /// <summary>The API key.</summary>
    public string ApiKey { get; private set; }

    /// <summary>The key's id; null on 6.x.</summary>
    public string? ApiKeyId { get; }

    /// <summary>The author of entries that are written with the key.</summary>
    public string ApiUser { get; }

    /// <summary>The id of the playground, an investigation without an incident.</summary>
    public string PlaygroundId { get; } = "c6b0a5c2-9b9f-4b1a-8a7e-0d3f6d1f2a11";

    /// <summary>The e-mail address of the key's creator.</summary>
    internal static string KeyCreator => "admin@example.com";

    internal XsoarBehaviour Behaviour => _options.Xsoar;

    /// <summary>The <c>user</c> of an entry that was written with the key.</summary>
    internal string ApiAuthor =>
        Behaviour.EntryAuthor switch
        {
            EntryAuthor.CreatorEmail => KeyCreator,
            EntryAuthor.Nobody => "",
            _ => ApiUser,
        };

    /// <summary>Its <c>dbotCreatedBy</c>: on 8.x a person although the key's user is not one.</summary>
    internal string ApiCreator => ApiKeyId is null ? ApiUser : KeyCreator;

    /// <summary>Replaces the key and returns the new one.</summary>
    public string RollApiKey() => ApiKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Restores the key.</summary>
    public void RestoreApiKey(string key) => ApiKey = key;

    /// <summary>Waits until <paramref name="condition"/> holds; it is evaluated after every change.</summary>
    public Task WhenAsync(Func<XsoarWorld, bool> condition, CancellationToken cancellationToken = default) =>
        _changed.WhenAsync(() => condition(this), cancellationToken);

    internal T Locked<T>(Func<T> act)
    {
        T result;
        lock (_gate)
            result = act();
        _changed.Pulse();
        return result;
    }

    internal T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    /// <summary>The clock in nanoseconds. Two times are never equal, and have more digits than seven fractional places
    /// can hold.</summary>
    internal long Now()
    {
        lock (_gate)
        {
            var now = Instant.From(_options.TimeProvider.GetUtcNow()) + 17;
            // Only a clock that was set back is more than a second behind.
            if (now <= _lastNanoseconds && now > _lastNanoseconds - 1_000_000_000)
                now = _lastNanoseconds + 1;
            if (now % 10 == 0)
                now++;
            return _lastNanoseconds = now;
        }
    }
}
