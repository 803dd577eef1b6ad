namespace MattermostXsoar.Core.Http;

/// <summary>One request, before any try to send it.</summary>
internal sealed class ApiRequest
{
    public ApiRequest(HttpMethod method, string path)
    {
        Method = method;
        Path = path;
        Effect = method == HttpMethod.Get || method == HttpMethod.Head ? RequestEffect.Read : RequestEffect.Once;
    }

    public HttpMethod Method { get; }

    /// <summary>Below the base address, with its query.</summary>
    public string Path { get; }

    /// <summary>The JSON body as UTF-8, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A file to send in place of <see cref="Body"/>; null for none.</summary>
    public UploadBody? Upload { get; init; }

    public RequestEffect Effect { get; init; }

    /// <summary>What the request is about.</summary>
    public ResourceKind Kind { get; init; }

    /// <summary>The name or id of what the request is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The permission that the API's description asks for, to be named when it is missing.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether sending it twice does no more than sending it once.</summary>
    public bool IsRepeatable => Effect != RequestEffect.Once;
}
