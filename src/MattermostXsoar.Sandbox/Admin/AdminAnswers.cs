using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MattermostXsoar.Sandbox.Hosting;

namespace MattermostXsoar.Sandbox.Admin;

/// <summary>Answers of <c>/sandbox/…</c>, and reading of its requests.</summary>
internal static class AdminAnswers
{
    /// <remarks>Quotes and <c>+</c> are not escaped: people read these answers in a terminal.</remarks>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Answer Of<T>(T value, int status = 200) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, Options));

    public static Answer Failed(int status, string message) => Of(new { message }, status);

    public static Answer Do(Action act)
    {
        act();
        return Answer.StatusOk;
    }

    /// <summary>The body as an object; no body counts as an empty one.</summary>
    public static JsonFields Fields(ApiCall call) => JsonFields.Parse(call.Body.IsEmpty ? "{}"u8.ToArray() : call.Body);

    /// <summary>A parameter of the query as a number; null if it is missing.</summary>
    public static double? Number(ApiCall call, string name, double minimum, double maximum)
    {
        if (call.Query(name) is not { } text)
            return null;
        return
            double.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && number >= minimum
            && number <= maximum
            ? number
            : throw new JsonFieldException(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected a number from {minimum} to {maximum}, found \"{text}\""
                )
            );
    }
}
