using System.Diagnostics.Metrics;
using System.Globalization;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Http;

/// <summary>How long calls take and how they end. No path: it holds ids, of which there is no end.</summary>
internal static class CallMetrics
{
    private static readonly Histogram<double> Durations = ModuleMeter.Instance.CreateHistogram<double>(
        "mattermostxsoar.call.duration",
        "s",
        "One try of a call, from sending to the end of its answer."
    );

    public static void Took(TimeSpan duration, string product, string method, int? status)
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
