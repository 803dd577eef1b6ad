using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Uploads and downloads files as streams, whatever their size.</summary>
internal sealed class FilesClient
{
    private const string Root = MattermostClient.ApiPath + "/files";

    private readonly ApiTransport _transport;
    private readonly ServerSettingsCache _settings;

    public FilesClient(ApiTransport transport, ServerSettingsCache settings)
    {
        _transport = transport;
        _settings = settings;
    }

    /// <summary>
    /// The server's limits. If it does not publish them, none are assumed, and the server refuses what is too large.
    /// </summary>
    public async Task<FileLimits> GetLimitsAsync(CancellationToken cancellationToken) =>
        (await _settings.GetAsync(cancellationToken)).Files;

    /// <summary>
    /// Uploads a file for a later post in a channel. The upload is not repeated when its outcome is unknown.
    /// </summary>
    /// <param name="channelId">The channel of the post; the user must be a member.</param>
    /// <param name="file">The file.</param>
    /// <param name="progress">Called with the number of bytes that have been sent, on the thread that sends them; null
    /// for none.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="MattermostXsoarException">
    /// FileTooLarge, before anything is sent if the limit is known; FileUnavailable if the file cannot be read.
    /// </exception>
    public async Task<MattermostFileInfo> UploadAsync(
        string channelId,
        FileSource file,
        Action<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var known = _settings.Known;
        var settings = await _settings.GetAsync(cancellationToken);
        // What was not asked for just now may have been raised since.
        if (settings.Files.Refuses(file) && ReferenceEquals(settings, known))
            settings = await _settings.RenewAsync(cancellationToken);
        var limits = settings.Files;
        limits.Check(file);
        var request = Request(channelId, file, progress);
        try
        {
            var uploaded = await _transport.SendAsync(request, MattermostJson.Default.UploadedFiles, cancellationToken);
            return uploaded.FileInfos.Count == 1
                ? uploaded.FileInfos[0]
                : throw new ApiException(
                    ErrorIds.ServerError,
                    ErrorKind.Unavailable,
                    $"Mattermost answered the upload of '{file.Name}' with {uploaded.FileInfos.Count} files."
                );
        }
        catch (ApiException refused) when (refused.ErrorId == ErrorIds.FileTooLarge)
        {
            throw limits.Explain(file, refused);
        }
    }

    /// <summary>Downloads a file. The caller disposes the result.</summary>
    /// <exception cref="ApiException">FileNotFound among others.</exception>
    public Task<FileDownload> OpenAsync(string fileId, CancellationToken cancellationToken) =>
        _transport.OpenAsync(Request(fileId, ""), cancellationToken);

    /// <summary>Reads a file's name, size and so on.</summary>
    /// <exception cref="ApiException">FileNotFound among others.</exception>
    public Task<MattermostFileInfo> GetInfoAsync(string fileId, CancellationToken cancellationToken) =>
        _transport.SendAsync(Request(fileId, "/info"), MattermostJson.Default.MattermostFileInfo, cancellationToken);

    // The file is sent as the whole body: the server then knows its length, refuses one that is too large at once and
    // names both sizes (rest-error-413-files-upload-too-large-raw.json). An empty file it accepts in a form only.
    private static ApiRequest Request(string channelId, FileSource file, Action<long>? progress)
    {
        var isEmpty = file.Length == 0;
        var query = isEmpty
            ? ""
            : $"?channel_id={Uri.EscapeDataString(channelId)}&filename={Uri.EscapeDataString(file.Name)}";
        return new ApiRequest(HttpMethod.Post, Root + query)
        {
            Upload = isEmpty
                ? UploadBody.Form([new("channel_id", channelId)], "files", file, progress)
                : UploadBody.Raw(file, progress),
            Kind = ResourceKind.Channel,
            Subject = channelId,
            Permission = "upload_file",
        };
    }

    private static ApiRequest Request(string fileId, string what) =>
        new(HttpMethod.Get, $"{Root}/{Uri.EscapeDataString(fileId)}{what}")
        {
            Kind = ResourceKind.File,
            Subject = fileId,
            Permission = "read_channel",
        };
}
