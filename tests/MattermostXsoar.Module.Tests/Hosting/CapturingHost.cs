using System.Globalization;
using System.Management.Automation.Host;

namespace MattermostXsoar.Module.Tests.Hosting;

/// <summary>The host of a test's runspace.</summary>
internal sealed class CapturingHost : PSHost
{
    public CapturingUI Screen { get; } = new();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "MattermostXsoar tests";

    public override PSHostUserInterface UI => Screen;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() { }

    public override void ExitNestedPrompt() { }

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }
}
