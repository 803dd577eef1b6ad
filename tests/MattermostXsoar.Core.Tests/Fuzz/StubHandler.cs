using System.Net;
using System.Net.Http.Headers;

namespace MattermostXsoar.Core.Tests.Fuzz;

/// <summary>Answers every request with what it is given, without a network.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    public int Status { get; set; } = 200;

    public byte[] Body { get; set; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.Content is { } content)
            await content.CopyToAsync(Stream.Null, cancellationToken);
        return new HttpResponseMessage((HttpStatusCode)Status)
        {
            Content = new ByteArrayContent(Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }
}
