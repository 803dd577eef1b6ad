using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace MattermostXsoar.QuickStart.Hosting;

/// <summary>Writes the engine's output to the terminal. Prompts are not supported.</summary>
internal sealed class TerminalUI(Terminal terminal) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new TerminalScreen();

    public override bool SupportsVirtualTerminal => terminal.HasColour;

    public override void Write(string value) => Console.Write(Rendered(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Console.Write(Rendered(value));

    public override void WriteLine(string value) => terminal.Plain(Rendered(value));

    public override void WriteDebugLine(string message) => terminal.Step("DEBUG: " + message);

    public override void WriteErrorLine(string value) => terminal.Problem(Rendered(value));

    public override void WriteVerboseLine(string message) => terminal.Step("VERBOSE: " + message);

    public override void WriteWarningLine(string message) => terminal.Comment("WARNING: " + message);

    public override void WriteInformation(InformationRecord record) { }

    public override void WriteProgress(long sourceId, ProgressRecord record) { }

    public override Dictionary<string, PSObject> Prompt(
        string caption,
        string message,
        Collection<FieldDescription> descriptions
    ) => throw Asked(message);

    public override int PromptForChoice(
        string caption,
        string message,
        Collection<ChoiceDescription> choices,
        int defaultChoice
    ) => throw Asked(message);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName
    ) => throw Asked(message);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options
    ) => throw Asked(message);

    public override string ReadLine() => throw Asked("a line of input");

    public override SecureString ReadLineAsSecureString() => throw Asked("a secret");

    // The formatter always adds colours; they are removed for a log.
    private string Rendered(string value) =>
        terminal.HasColour ? value : new StringDecorated(value).ToString(OutputRendering.PlainText);

    private static NotSupportedException Asked(string message) =>
        new($"The quick start cannot answer a prompt: {message}");
}
