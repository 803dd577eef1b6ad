namespace MattermostXsoar.Core.Xsoar;

/// <summary>Texts within a query of XSOAR.</summary>
internal static class XsoarQuery
{
    /// <summary>A text that a person chose, as one value: it cannot end its quotes and add conditions.</summary>
    public static string Quote(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
