using System.Management.Automation;
using MattermostXsoar.Binding;
using MattermostXsoar.Errors;

namespace MattermostXsoar.Cmdlets;

/// <summary>
/// A cmdlet of the module. It refuses a separate value behind a switch, which PowerShell would take for another argument.
/// </summary>
public abstract class ModuleCmdlet : PSCmdlet, IDynamicParameters
{
    private SwitchValue? _misplaced;

    private protected ModuleCmdlet() { }

    // PowerShell calls this when it has bound what it can, and before it complains about what is left. What is left is
    // taken, so that there is one error, which says what is right.
    object? IDynamicParameters.GetDynamicParameters()
    {
        _misplaced = SwitchValue.Find(this);
        return _misplaced is null
            ? null
            : new RuntimeDefinedParameterDictionary
            {
                {
                    "Rest",
                    new RuntimeDefinedParameter(
                        "Rest",
                        typeof(object[]),
                        [new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true }]
                    )
                },
            };
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (_misplaced is { } misplaced)
            ThrowTerminatingError(ErrorRecords.Create(misplaced.ToError(), misplaced.Value, redactor: null));
    }
}
