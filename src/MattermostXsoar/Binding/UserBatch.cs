namespace MattermostXsoar.Binding;

/// <summary>
/// Collects the users of all inputs of a command, each with its action, so that they are looked up together.
/// </summary>
/// <typeparam name="TUse">The action for a user, e.g. the channel to which to add the user.</typeparam>
internal sealed class UserBatch<TUse>
{
    // The number of users that one call looks up.
    private const int Size = 200;

    private readonly List<(UserReference Reference, TUse Use)> _waiting = [];

    /// <summary>
    /// Adds users if the batch is not full after that; otherwise adds none and returns false.
    /// </summary>
    public bool TryAdd(IEnumerable<UserReference> references, TUse use)
    {
        var more = UserReference.Expand(references).ToList();
        if (_waiting.Count + more.Count >= Size)
            return false;
        _waiting.AddRange(more.Select(reference => (reference, use)));
        return true;
    }

    /// <summary>Adds users, and processes the batch whenever it is full.</summary>
    public async Task AddAsync(
        IEnumerable<UserReference> references,
        TUse use,
        Func<IReadOnlyList<(UserReference Reference, TUse Use)>, Task> work
    )
    {
        foreach (var reference in UserReference.Expand(references))
        {
            _waiting.Add((reference, use));
            if (_waiting.Count == Size)
                await FlushAsync(work);
        }
    }

    /// <summary>Processes the remaining users.</summary>
    public async Task FlushAsync(Func<IReadOnlyList<(UserReference Reference, TUse Use)>, Task> work)
    {
        (UserReference, TUse)[] batch = [.. _waiting];
        _waiting.Clear();
        if (batch.Length > 0)
            await work(batch);
    }
}
