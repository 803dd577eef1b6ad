using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>Rejects a value that <see cref="ColumnValueAttribute"/> could not convert.</summary>
internal sealed class KnownValueAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (ColumnValueAttribute.Unknown is not { } unknown)
            return;
        var known = arguments is Enum choice ? string.Join(", ", Enum.GetNames(choice.GetType())) : "true or false";
        throw new ValidationMetadataException($"'{unknown}' cannot be used here. Give {known}.");
    }
}
