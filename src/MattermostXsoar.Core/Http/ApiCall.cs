namespace MattermostXsoar.Core.Http;

/// <summary>A request and the number of its attempts.</summary>
internal sealed class ApiCall
{
    public ApiCall(ApiRequest request) => Request = request;

    public ApiRequest Request { get; }

    /// <summary>The number of the current attempt, from 1.</summary>
    public int Attempt { get; set; }
}
