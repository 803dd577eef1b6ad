using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>Files: sent and fetched as streams, whatever their size.</summary>
internal sealed class FilesClient
{
    private const string Root = MattermostClient.ApiPath + "/files";

    // An administrator may change the limit while a listener runs for weeks.
    private static readonly TimeSpan LimitsAge = TimeSpan.FromMinutes(10);

    private readonly ApiTransport _funnel;
    private readonly TimeProvider _clock;
    private volatile Tuple<long, FileLimits>? _limits;

    public FilesClient(ApiTransport funnel, TimeProvider clock)
    {
        _funnel = funnel;
        _clock = clock;
    }

    /// <summary>What the server takes. Where it does not say, nothing is assumed, and its own refusal has to
    /// tell.</summary>
    public async Task<FileLimits> GetLimitsAsync(CancellationToken cancellationToken)
    {
        if (_limits is { } known && _clock.GetElapsedTime(known.Item1) < LimitsAge)
            return known.Item2;
        var request = new ApiRequest(HttpMethod.Get, MattermostClient.ApiPath + "/config/client?format=old");
        FileLimits limits;
        try
        {
            limits = FileLimits.Read(
                await _funnel.SendAsync(request, MattermostJson.Default.ClientConfig, cancellationToken)
            );
        }
        catch (ApiException)
        {
            limits = FileLimits.Unknown;
        }

        _limits = Tuple.Create(_clock.GetTimestamp(), limits);
        return limits;
    }

    /// <summary>
    /// Uploads a file for a later post in a channel. It is never sent a second time when the outcome of the first is
    /// unknown.
    /// </summary>
    /// <param name="channelId">The channel of the post; the uploader has to be in it.</param>
    /// <param name="file">What to send.</param>
    /// <param name="progress">Told how many bytes have been sent, on whatever thread sends them; null for
    /// nobody.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="MattermostXsoarException">
    /// FileTooLarge, before anything is sent where the limit is known; FileUnavailable when the file cannot be read.
    /// </exception>
    public async Task<MattermostFileInfo> UploadAsync(
        string channelId,
        FileSource file,
        Action<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var limits = await GetLimitsAsync(cancellationToken);
        limits.Check(file);
        var request = Request(channelId, file, progress);
        try
        {
            var uploaded = await _funnel.SendAsync(request, MattermostJson.Default.UploadedFiles, cancellationToken);
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

    /// <summary>Fetches a file. The caller disposes of the result.</summary>
    /// <exception cref="ApiException">FileNotFound among others.</exception>
    public Task<FileDownload> OpenAsync(string fileId, CancellationToken cancellationToken) =>
        _funnel.OpenAsync(Request(fileId, ""), cancellationToken);

    /// <summary>Asks what a file is.</summary>
    /// <exception cref="ApiException">FileNotFound among others.</exception>
    public Task<MattermostFileInfo> GetInfoAsync(string fileId, CancellationToken cancellationToken) =>
        _funnel.SendAsync(Request(fileId, "/info"), MattermostJson.Default.MattermostFileInfo, cancellationToken);

    // Alone in the body the file's length is known to the server, so that it refuses one that is too large at once and
    // names both sizes (rest-error-413-files-upload-too-large-raw.json). In a form it accepts even an empty one, which
    // it does not take alone.
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
