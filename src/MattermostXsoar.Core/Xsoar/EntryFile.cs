using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Xsoar.Models;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>
/// The file of a War Room entry that is downloaded in order to be sent elsewhere. Disposing it ends the transfer.
/// </summary>
internal sealed class EntryFile : IDisposable
{
    // The largest page of the server, as far as is known.
    private const int PageSize = 1000;

    private readonly FileDownload _download;

    private EntryFile(FileDownload download, FileSource source)
    {
        _download = download;
        Source = source;
    }

    public FileSource Source { get; }

    /// <summary>Begins the download, so that the length is known.</summary>
    /// <exception cref="ApiException">FileNotFound among others.</exception>
    public static async Task<EntryFile> OpenAsync(
        XsoarClient xsoar,
        string entryId,
        CancellationToken cancellationToken
    )
    {
        var download = await xsoar.Files.OpenAsync(entryId, cancellationToken);
        try
        {
            var name = download.FileName ?? await NameInWarRoomAsync(xsoar, entryId, cancellationToken) ?? entryId;
            return new EntryFile(
                download,
                FileSource.Of(name, download, token => xsoar.Files.OpenAsync(entryId, token))
            );
        }
        catch
        {
            download.Dispose();
            throw;
        }
    }

    public void Dispose() => _download.Dispose();

    // It is not documented whether the download contains the name; the entry does.
    private static async Task<string?> NameInWarRoomAsync(
        XsoarClient xsoar,
        string entryId,
        CancellationToken cancellationToken
    )
    {
        var investigationId = entryId.Substring(entryId.LastIndexOf('@') + 1);
        try
        {
            var investigation = await xsoar.GetInvestigationAsync(
                investigationId,
                new EntryQuery { PageSize = PageSize },
                cancellationToken
            );
            return investigation.Entries.FirstOrDefault(entry => entry.Id == entryId)?.File is { Length: > 0 } name
                ? name
                : null;
        }
        catch (ApiException)
        {
            return null;
        }
    }
}
