namespace MattermostXsoar.Core.People.Chat;

/// <summary>
/// How many messages of one person are answered: counted by the times at which they were written, so that a message is
/// judged alike at once and after an absence. Not thread-safe.
/// </summary>
internal sealed class PersonRateLimit(int most, TimeSpan window)
{
    private const int MaxPeople = 1000;

    private readonly Dictionary<string, Queue<long>> _times = new(StringComparer.Ordinal);

    /// <summary>Counts a message, and says what to do with it.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="at">When it was written (ms).</param>
    public PersonRate Count(string userId, long at)
    {
        if (!_times.TryGetValue(userId, out var times))
        {
            if (_times.Count >= MaxPeople)
                _times.Clear();
            _times.Add(userId, times = new Queue<long>());
        }

        while (times.Count > 0 && at - times.Peek() >= window.TotalMilliseconds)
            times.Dequeue();
        // The one that is told is counted; the further ones are not, or somebody who goes on would never be answered.
        if (times.Count > most)
            return PersonRate.Ignore;
        times.Enqueue(at);
        return times.Count > most ? PersonRate.Tell : PersonRate.Answer;
    }
}
