using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>What a log record holds beside its sentence, where it applies.</summary>
internal readonly record struct ListenerLogDetails
{
    public string? SourceId { get; init; }

    public string? TargetId { get; init; }

    public DeliveryDirection? Direction { get; init; }

    public string? Kind { get; init; }

    public int? Count { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>What went wrong; the record gets its id and advice.</summary>
    public Exception? Error { get; init; }

    public string? ErrorId => (Error as MattermostXsoarException)?.ErrorId;

    public string? Advice => (Error as MattermostXsoarException)?.Advice is { Length: > 0 } advice ? advice : null;
}
