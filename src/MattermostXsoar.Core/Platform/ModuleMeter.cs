using System.Diagnostics.Metrics;

namespace MattermostXsoar.Core.Platform;

/// <summary>The module's one meter; what listens to it (OpenTelemetry, dotnet-counters) finds it by its name.</summary>
internal static class ModuleMeter
{
    public const string Name = "MattermostXsoar";

    public static Meter Instance { get; } = new(Name, typeof(ModuleMeter).Assembly.GetName().Version?.ToString(3));
}
