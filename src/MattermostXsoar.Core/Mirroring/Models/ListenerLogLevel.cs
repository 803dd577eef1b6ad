namespace MattermostXsoar.Core.Mirroring.Models;

/// <summary>How much a log record matters.</summary>
public enum ListenerLogLevel
{
    /// <summary>A single delivery, look-up, reading or try; made only while somebody asks for it.</summary>
    Verbose,

    /// <summary>Something that belongs to a normal run.</summary>
    Information,

    /// <summary>Something went wrong that the listener deals with by itself.</summary>
    Warning,

    /// <summary>Something went wrong that a person should look at.</summary>
    Error,
}
