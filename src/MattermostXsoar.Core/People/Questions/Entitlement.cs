using System.Text.RegularExpressions;
using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>The right to one answer, as XSOAR's scripts write it: <c>guid@incident|task</c>, the task optional.</summary>
internal sealed record Entitlement(string Id, string InvestigationId, string TaskId)
{
    private static readonly Regex Form = new(
        @"^\s*(?<id>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})@(?<inv>[^|@\s]+)(?:\|(?<task>[^|\s]+))?\s*$",
        RegexOptions.CultureInvariant
    );

    /// <exception cref="MattermostXsoarException">InvalidArgument.</exception>
    public static Entitlement Parse(string text)
    {
        var match = Form.Match(text);
        return match.Success
            ? new Entitlement(match.Groups["id"].Value, match.Groups["inv"].Value, match.Groups["task"].Value)
            : throw new MattermostXsoarException(
                ErrorIds.InvalidArgument,
                ErrorKind.InvalidArgument,
                $"'{text}' is no entitlement.",
                "An entitlement is guid@incident or guid@incident|task, with the guid that addEntitlement returned."
            );
    }
}
