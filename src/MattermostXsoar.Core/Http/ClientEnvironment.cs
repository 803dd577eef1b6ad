using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>What every client of a session shares.</summary>
internal sealed class ClientEnvironment
{
    public SecretRedactor Redactor { get; init; } = new();

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Numbers from 0 to below 1, from any thread.</summary>
    public Func<double> Random { get; init; } = RandomSource.Create();

    /// <summary>Answers in place of the network; null for the network. Only tests set it.</summary>
    public Func<HttpMessageHandler>? Handler { get; init; }

    /// <summary>
    /// Called with a sentence when values of an answer had a wrong shape and were left out; null for none.
    /// </summary>
    public Action<string>? UnreadableValues { get; set; }

    /// <summary>
    /// Called after every attempt of every request, on the thread on which it ended; null for none. Nothing is recorded
    /// while there is none.
    /// </summary>
    public Action<HttpCallRecord>? Observer { get; set; }
}
