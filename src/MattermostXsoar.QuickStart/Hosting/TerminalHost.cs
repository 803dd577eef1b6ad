using System.Globalization;
using System.Management.Automation.Host;

namespace MattermostXsoar.QuickStart.Hosting;

/// <summary>The host of the engine.</summary>
internal sealed class TerminalHost(Terminal terminal) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "MattermostXsoar quick start";

    public override PSHostUserInterface UI { get; } = new TerminalUI(terminal);

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }
}
