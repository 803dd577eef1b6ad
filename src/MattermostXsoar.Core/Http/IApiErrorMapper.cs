using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>
/// Turns the refusals of one API into the module's errors. What all APIs have in common is handled before.
/// </summary>
internal interface IApiErrorMapper
{
    /// <summary>The product's name, for messages.</summary>
    string Product { get; }

    /// <summary>The parameter with the product's address, for advice.</summary>
    string UriParameter { get; }

    /// <summary>What to do when something other than the product responds.</summary>
    string WrongHostAdvice { get; }

    /// <summary>Reads a refusal; null if it did not come from the API.</summary>
    ApiException? Map(ApiRequest request, ApiResponse response, ErrorText text);
}
