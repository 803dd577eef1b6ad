namespace MattermostXsoar.Core.Http;

/// <summary>A request, independent of the attempts to send it.</summary>
internal sealed class ApiRequest
{
    public ApiRequest(HttpMethod method, string path)
    {
        Method = method;
        Path = path;
        Effect = method == HttpMethod.Get || method == HttpMethod.Head ? RequestEffect.Read : RequestEffect.Once;
    }

    public HttpMethod Method { get; }

    /// <summary>The path below the base address, with its query.</summary>
    public string Path { get; }

    /// <summary>The JSON body as UTF-8, or null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A file to send in place of <see cref="Body"/>; null for none.</summary>
    public UploadBody? Upload { get; init; }

    public RequestEffect Effect { get; init; }

    /// <summary>What kind of answer is expected, which decides how long it may be.</summary>
    public AnswerSize Answer { get; init; }

    /// <summary>What the request is about.</summary>
    public ResourceKind Kind { get; init; }

    /// <summary>The name or id of what the request is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The permission that the API's description asks for; named in the error when it is missing.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether sending it twice has the same effect as sending it once.</summary>
    public bool IsRepeatable => Effect != RequestEffect.Once;
}
