using System.Diagnostics.Metrics;
using System.Globalization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Measures how long calls take and how they end. The path is no tag: it contains ids, and so has unlimited values.
/// </summary>
internal static class CallMetrics
{
    private static readonly Histogram<double> Durations = ModuleMeter.Instance.CreateHistogram<double>(
        "mattermostxsoar.call.duration",
        "s",
        "One attempt of a call, from sending it to the end of the response."
    );

    public static void Record(TimeSpan duration, string product, string method, int? status)
    {
        if (!Durations.Enabled)
            return;
        Durations.Record(
            duration.TotalSeconds,
            new KeyValuePair<string, object?>("server", product == "XSOAR" ? "xsoar" : "mattermost"),
            new KeyValuePair<string, object?>("method", method),
            new KeyValuePair<string, object?>("status", status?.ToString(CultureInfo.InvariantCulture) ?? "none")
        );
    }
}
