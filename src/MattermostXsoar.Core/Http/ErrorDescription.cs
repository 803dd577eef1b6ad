using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>The parts of the error that is reported for a refused request.</summary>
internal readonly record struct ErrorDescription(string ErrorId, ErrorKind Kind, string Message, string? Advice);
