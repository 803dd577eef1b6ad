using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MattermostXsoar.Sessions;

namespace MattermostXsoar.Binding;

/// <summary>Takes the number of a session, as Get-MattermostSession shows it, for the session.</summary>
internal sealed class SessionNumberAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrap(inputData) is IList list ? list.Cast<object?>().Select(Find).ToArray() : Find(inputData);

    private static object? Find(object? item)
    {
        var value = Unwrap(item);
        if (SwitchValue.IsTrueOrFalse(value))
            throw NoSwitchValueAttribute.Error(value);
        if (value is not (int or long or string))
            return item;
        var given = string.Format(CultureInfo.InvariantCulture, "{0}", value);
        return RunspaceSessions.Current.List().FirstOrDefault(session => Number(session) == given)
            ?? throw new ArgumentTransformationMetadataException(
                $"There is no session '{Core.Display.VisibleText.Of(given)}'. Get-MattermostSession lists the sessions with their numbers."
            );
    }

    private static string Number(MattermostSession session) => session.Id.ToString(CultureInfo.InvariantCulture);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
