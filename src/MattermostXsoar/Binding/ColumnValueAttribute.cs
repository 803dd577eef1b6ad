using System.Management.Automation;

namespace MattermostXsoar.Binding;

/// <summary>
/// Converts the value of a choice or a switch that may come from a property, such as a column of a CSV file. PowerShell
/// converts no text into a switch, and it silently binds nothing where the value of a property cannot be converted: the
/// default would be used, which may disclose more than the file says. <see cref="KnownValueAttribute"/> makes an error of
/// it, since an error of a conversion is not shown either.
/// </summary>
/// <param name="type">The parameter's type: an enumeration or <see cref="SwitchParameter"/>.</param>
internal sealed class ColumnValueAttribute(Type type) : ArgumentTransformationAttribute
{
    // PowerShell converts and checks a value one after the other, on the pipeline's thread.
    [ThreadStatic]
    private static string? _unknown;

    /// <summary>The value that was converted last, if it is none of those that the parameter has.</summary>
    public static string? Unknown => _unknown;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        _unknown = null;
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (type != typeof(SwitchParameter))
        {
            if (LanguagePrimitives.TryConvertTo(value, type, out var chosen))
                return chosen;
        }
        else if (SwitchValue.Read(value) is { } isOn)
        {
            return new SwitchParameter(isOn);
        }

        _unknown = value?.ToString() ?? "";
        return Activator.CreateInstance(type);
    }
}
