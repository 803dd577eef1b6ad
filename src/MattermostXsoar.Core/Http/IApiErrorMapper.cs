using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>Turns one API's refusals into this module's errors. What all APIs have in common is done before.</summary>
internal interface IApiErrorMapper
{
    /// <summary>The product's name for a sentence.</summary>
    string Product { get; }

    /// <summary>The parameter that says where the product is, for advice.</summary>
    string UriParameter { get; }

    /// <summary>What to do when something else than the product answers.</summary>
    string WrongHostAdvice { get; }

    /// <summary>Reads a refusal, or returns null when it is not the API's own.</summary>
    ApiException? Map(ApiRequest request, ApiResponse response, ErrorText text);
}
