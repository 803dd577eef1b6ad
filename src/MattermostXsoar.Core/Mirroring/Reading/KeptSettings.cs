using System.Globalization;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Reading;

/// <summary>
/// Mattermost's settings in the store: a listener that starts while the server is down splits entries and makes links as
/// the one before it.
/// </summary>
internal static class KeptSettings
{
    private const string Key = "mattermost-settings";

    /// <summary>Restores what is kept, and has what is read from now on kept.</summary>
    public static void Connect(ServerSettingsCache settings, StateStore store)
    {
        var kept = store.ReadKept(Key);
        settings.Restore(Parse(kept));
        settings.Answered = async answered =>
        {
            var read = Format(answered);
            if (read == kept)
                return;
            try
            {
                await store.KeepAsync(Key, read).ConfigureAwait(false);
                kept = read;
            }
            catch (MattermostXsoarException)
            {
                // The writer reports it itself, and the next start asks the server.
            }
        };
    }

    private static string Format(ServerSettings settings) =>
        string.Format(CultureInfo.InvariantCulture, "{0} {1}", settings.MaxPostSize, settings.SiteUrl?.AbsoluteUri);

    private static ServerSettings? Parse(string? kept) =>
        kept?.Split(' ') is [var size, var url]
            ? ServerSettings.Read(new() { MaxPostSize = size, SiteUrl = url }, ServerSettings.Unknown)
            : null;
}
