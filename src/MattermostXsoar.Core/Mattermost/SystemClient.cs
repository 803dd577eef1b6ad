using System.Text.Json;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Http;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Platform;

namespace MattermostXsoar.Core.Mattermost;

/// <summary>The server as such.</summary>
internal sealed class SystemClient
{
    private readonly ApiTransport _transport;

    public SystemClient(ApiTransport transport) => _transport = transport;

    /// <summary>Checks that there is a Mattermost server, and reads its version.</summary>
    /// <exception cref="ApiException">WrongHost if something else answers.</exception>
    public async Task<ServerInfo> PingAsync(CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, MattermostClient.ApiPath + "/system/ping")
        {
            Kind = ResourceKind.Server,
        };
        var response = await _transport.SendAsync(request, cancellationToken);
        var status = ReadStatus(response.Body);
        if (status is null)
            throw _transport.WrongApi(request, response);
        return new ServerInfo(Version(response), string.Equals(status, "OK", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Reads what the server publishes of its configuration. Without a token it publishes less
    /// (rest-config-client-old.json).
    /// </summary>
    public Task<ClientConfig> GetClientConfigAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(
            new ApiRequest(HttpMethod.Get, MattermostClient.ApiPath + "/config/client?format=old"),
            MattermostJson.Default.ClientConfig,
            cancellationToken
        );

    /// <summary>The server's version, license and limit of the message history.</summary>
    public async Task<ServerDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var server = await PingAsync(cancellationToken);
        try
        {
            var license = await _transport.SendAsync(
                new ApiRequest(HttpMethod.Get, MattermostClient.ApiPath + "/license/client?format=old"),
                MattermostJson.Default.ClientLicense,
                cancellationToken
            );
            return ServerDescription.Of(server.Version, license, await FindLimitsAsync(cancellationToken));
        }
        catch (ApiException exception) when (exception.Kind == ErrorKind.Authentication)
        {
            // The token's own check reports it.
            return ServerDescription.Of(server.Version, null, null);
        }
    }

    // Older servers do not have the call.
    private async Task<ServerLimits?> FindLimitsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(
                new ApiRequest(HttpMethod.Get, MattermostClient.ApiPath + "/limits/server"),
                MattermostJson.Default.ServerLimits,
                cancellationToken
            );
        }
        catch (ApiException exception) when (exception.ErrorId is ErrorIds.ServerTooOld or ErrorIds.PermissionDenied)
        {
            return null;
        }
    }

    // "5.37.0.release-6.0-c6d310c.265583ebf88f8632327c1d19e0127ccc.false": three numbers, then build, config and
    // license.
    private static string Version(ApiResponse response)
    {
        var numbers = (response.Header("X-Version-Id") ?? "").Split('.').Take(3).ToList();
        return numbers.Count == 3 && numbers.TrueForAll(number => number.Length > 0 && number.All(char.IsDigit))
            ? string.Join(".", numbers)
            : "";
    }

    private static string? ReadStatus(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, MattermostJson.Default.StatusResponse)?.Status;
        }
        catch (Exception exception) when (LenientJson.IsInvalid(exception))
        {
            return null;
        }
    }
}
