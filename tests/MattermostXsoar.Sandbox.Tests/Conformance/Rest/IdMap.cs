using System.Diagnostics.CodeAnalysis;

namespace MattermostXsoar.Sandbox.Tests.Conformance.Rest;

/// <summary>The sandbox's id for each recorded id: one to one, as learned during the replay.</summary>
internal sealed class IdMap
{
    private const int IdLength = 26;

    private readonly Dictionary<string, string> _times = [];
    private readonly Dictionary<string, string> _toSandbox = [];
    private readonly Dictionary<string, string> _toRecorded = [];

    public IdMap()
    {
        // Means "none" on both sides.
        var nothing = new string('z', 26);
        Bind(nothing, nothing);
    }

    private IdMap(IdMap other)
    {
        _times = new Dictionary<string, string>(other._times);
        _toSandbox = new Dictionary<string, string>(other._toSandbox);
        _toRecorded = new Dictionary<string, string>(other._toRecorded);
    }

    public IdMap Copy() => new(this);

    public bool TryGet(string recorded, [NotNullWhen(true)] out string? sandbox) =>
        _toSandbox.TryGetValue(recorded, out sandbox);

    /// <summary>Whether both ids are of the same thing; a pair that is new on both sides is learned.</summary>
    public bool Bind(string recorded, string sandbox)
    {
        if (_toSandbox.TryGetValue(recorded, out var known))
            return known == sandbox;
        if (!_toRecorded.TryAdd(sandbox, recorded))
            return false;
        _toSandbox.Add(recorded, sandbox);
        return true;
    }

    /// <summary>A recorded time, in ms since the epoch, and the sandbox's; the first pair is kept.</summary>
    public void BindTime(string recorded, string sandbox) => _times.TryAdd(recorded, sandbox);

    /// <summary>A text with its ids and times replaced by the sandbox's. A time that was not learned stays.</summary>
    public string Translate(string text) =>
        RecordedCall
            .IdentifierOrTime()
            .Replace(
                text,
                match =>
                    match.Length != IdLength ? _times.GetValueOrDefault(match.Value, match.Value)
                    : TryGet(match.Value, out var id) ? id
                    : throw new InvalidOperationException($"the replay has not learned {match.Value} yet")
            );
}
