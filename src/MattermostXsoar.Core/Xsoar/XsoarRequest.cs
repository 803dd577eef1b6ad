using MattermostXsoar.Core.Http;

namespace MattermostXsoar.Core.Xsoar;

/// <summary>A request to XSOAR, independent of the prefix of its route.</summary>
internal sealed record XsoarRequest
{
    public XsoarRequest(string route, HttpMethod method, string path)
    {
        Route = route;
        Method = method;
        Path = path;
        Effect = method == HttpMethod.Get ? RequestEffect.Read : RequestEffect.Once;
    }

    /// <summary>The route's name, the same for all ids.</summary>
    public string Route { get; }

    public HttpMethod Method { get; }

    /// <summary>Whether it is a route of the platform, which has no prefix on any version.</summary>
    public bool IsAtRoot { get; init; }

    public string Path { get; }

    public byte[]? Body { get; init; }

    /// <summary>A file to send in place of <see cref="Body"/>; null for none.</summary>
    public UploadBody? Upload { get; init; }

    public RequestEffect Effect { get; init; }

    /// <summary>What kind of answer is expected, which decides how long it may be.</summary>
    public AnswerSize Answer { get; init; }

    public ResourceKind Kind { get; init; }

    public string? Subject { get; init; }

    public ApiRequest Below(string prefix) =>
        new(Method, prefix + Path)
        {
            Body = Body,
            Upload = Upload,
            Effect = Effect,
            Answer = Answer,
            Kind = Kind,
            Subject = Subject,
        };
}
