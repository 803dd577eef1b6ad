using MattermostXsoar.Core.Errors;

namespace MattermostXsoar.Core.Http;

/// <summary>What a refusal means: the parts of the error that is reported for it.</summary>
internal readonly record struct ErrorDescription(string ErrorId, ErrorKind Kind, string Message, string? Advice);
