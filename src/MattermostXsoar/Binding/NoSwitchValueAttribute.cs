using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// Rejects <c>true</c> and <c>false</c> for a positional parameter that cannot be converted from them: see <see
/// cref="SwitchValue"/>, which comes too late for a value that cannot be bound.
/// </summary>
internal sealed class NoSwitchValueAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        SwitchValue.IsTrueOrFalse(inputData is PSObject wrapped ? wrapped.BaseObject : inputData)
            ? throw Error(inputData)
            : inputData;

    public static ArgumentTransformationMetadataException Error(object? value)
    {
        var right = SwitchValue.Constant(value is PSObject wrapped ? wrapped.BaseObject : value);
        return new(
            $"'{value}' cannot be used here. A switch takes no separate value: write it with a colon, e.g. "
                + $"-Verbose:{right} or -PassThru:{right}."
        );
    }
}
