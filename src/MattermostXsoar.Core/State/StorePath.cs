namespace MattermostXsoar.Core.State;

/// <summary>The path of the state file.</summary>
internal static class StorePath
{
    /// <summary>
    /// The file for <paramref name="requested"/>: a file is used as it is, a folder gets the default name, and null the
    /// default folder (the user's local application data). The default name contains the server's host name.
    /// </summary>
    public static string Resolve(string? requested, Uri mattermost)
    {
        var host = new string([
            .. mattermost
                .Host.Trim('[', ']')
                .Select(sign => char.IsLetterOrDigit(sign) || sign is '.' or '-' ? sign : '_'),
        ]);
        var name = mattermost.IsDefaultPort
            ? $"{host}.db"
            : FormattableString.Invariant($"{host}-{mattermost.Port}.db");
        if (requested is null || requested.Trim().Length == 0)
        {
            var folder = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.Create
            );
            return Path.Combine(folder, "MattermostXsoar", name);
        }

        var full = Path.GetFullPath(requested);
        var isFolder =
            Directory.Exists(full)
            || requested.EndsWith(Path.DirectorySeparatorChar.ToString(), StringComparison.Ordinal)
            || requested.EndsWith(Path.AltDirectorySeparatorChar.ToString(), StringComparison.Ordinal);
        return isFolder ? Path.Combine(full, name) : full;
    }
}
