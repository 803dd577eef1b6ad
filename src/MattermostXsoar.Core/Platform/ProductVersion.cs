namespace MattermostXsoar.Core.Platform;

/// <summary>
/// Parses versions as the products write them: <c>6.14.0</c>, <c>8.4</c>, <c>5.37.0.release-6.0</c>,
/// <c>6.10.0-beta</c>.
/// </summary>
internal static class ProductVersion
{
    public static readonly Version Unknown = new(0, 0);

    public static Version Parse(string? text)
    {
        var numbers = new List<int>(4);
        foreach (var part in (text ?? "").Trim().TrimStart('v', 'V').Split('.'))
        {
            var digits = new string(part.TakeWhile(char.IsDigit).ToArray());
            if (numbers.Count == 3 || !int.TryParse(digits, out var number))
                break;
            numbers.Add(number);
            if (digits.Length < part.Length)
                break;
        }

        return numbers.Count switch
        {
            0 => Unknown,
            1 => new Version(numbers[0], 0),
            2 => new Version(numbers[0], numbers[1]),
            _ => new Version(numbers[0], numbers[1], numbers[2]),
        };
    }
}
