using System.Management.Automation;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Cmdlets;

/// <summary>
/// A cmdlet that can archive channels. More than one in a call needs <c>-Force</c>, since a pipeline may contain more
/// than a person expects.
/// </summary>
public abstract class ClosingCmdlet : SessionCmdlet
{
    private const int MostNames = 10;

    private bool _confirms;

    private protected ClosingCmdlet() { }

    /// <summary>Archives also more than one channel.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // -WhatIf archives nothing, and -Confirm asks for each channel.
        _confirms = IsOn("Confirm") ?? false;
        _confirms |= IsOn("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
    }

    /// <summary>Whether these channels may be archived; if not, an error names them.</summary>
    private protected bool MayArchive(IReadOnlyList<string> channels)
    {
        if (channels.Count <= 1 || Force || _confirms)
            return true;
        var names = string.Join(", ", channels.Take(MostNames).Select(name => $"'{name}'"));
        var more = channels.Count > MostNames ? $" and {channels.Count - MostNames} others" : "";
        Report(
            new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"Archiving {channels.Count} channels in one call needs -Force; none was archived: {names}{more}.",
                "Check the channels with -WhatIf, then give -Force to archive them all, or -Confirm to be asked for "
                    + "each."
            ),
            channels
        );
        return false;
    }

    private bool? IsOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out var value) ? LanguagePrimitives.IsTrue(value) : null;
}
