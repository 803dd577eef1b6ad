using System.Collections;
using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// Rejects <c>$null</c> and an empty text: they come from a variable, property or command without a value, and must not
/// mean that the parameter was omitted, which often means everything. An empty list means nothing and is accepted.
/// </summary>
internal sealed class NotUnsetAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        var value = arguments is PSObject wrapped ? wrapped.BaseObject : arguments;
        if (
            IsUnset(value) || (value is IEnumerable and not string && ((IEnumerable)value).Cast<object?>().Any(IsUnset))
        )
        {
            throw new ValidationMetadataException(
                "The value is $null or empty. Check the variable, property or command that it comes from; omit the "
                    + "parameter if no value is meant."
            );
        }
    }

    private static bool IsUnset(object? value) => value is null or "";
}
