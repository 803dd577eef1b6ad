namespace MattermostXsoar.Core.Http;

/// <summary>A request on its way through its tries.</summary>
internal sealed class ApiCall
{
    public ApiCall(ApiRequest request) => Request = request;

    public ApiRequest Request { get; }

    /// <summary>The number of the present try, from 1.</summary>
    public int Attempt { get; set; }
}
