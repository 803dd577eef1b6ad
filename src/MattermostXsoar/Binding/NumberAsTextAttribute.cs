using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.Core.Incidents;

namespace MattermostXsoar.Binding;

/// <summary>
/// Takes a number as text, also in a list: names and ids that consist of digits are numbers in JSON and on the command
/// line.
/// </summary>
internal class NumberAsTextAttribute : ArgumentTransformationAttribute
{
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        if (value is not IList list)
            return Convert(value) is var one && ReferenceEquals(one, value) ? inputData : one;
        var items = list.Cast<object?>().Select(Unwrap).ToArray();
        var converted = items.Select(Convert).ToArray();
        return items.SequenceEqual(converted) ? inputData : converted;
    }

    /// <summary>The text of a number; any other value as it is.</summary>
    private protected virtual object? Convert(object? value) =>
        value switch
        {
            // As a whole number, and not as 1E+20.
            float or double or decimal when IsWhole(value, out var whole) => whole,
            byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => (
                (IFormattable)value
            ).ToString(null, CultureInfo.InvariantCulture),
            // So that it can be bound and SwitchValue's error comes.
            bool truth => truth ? "true" : "false",
            System.Numerics.BigInteger big => big.ToString(CultureInfo.InvariantCulture),
            // It would become its text; with this cause PowerShell binds its properties instead.
            Incident => throw new ArgumentTransformationMetadataException(
                "An incident names nothing in Mattermost.",
                new PSInvalidCastException("An incident names nothing in Mattermost.")
            ),
            _ => value,
        };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static bool IsWhole(object value, out string whole)
    {
        whole = ((IFormattable)value).ToString("0.################", CultureInfo.InvariantCulture);
        return whole.All(char.IsDigit);
    }
}
