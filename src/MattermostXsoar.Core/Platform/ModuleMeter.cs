using System.Diagnostics.Metrics;

namespace MattermostXsoar.Core.Platform;

/// <summary>The module's meter; collectors (OpenTelemetry, dotnet-counters) find it by its name.</summary>
internal static class ModuleMeter
{
    public const string Name = "MattermostXsoar";

    public static Meter Instance { get; } = new(Name, typeof(ModuleMeter).Assembly.GetName().Version?.ToString(3));
}
