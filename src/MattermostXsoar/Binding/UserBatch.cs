namespace MattermostXsoar.Binding;

/// <summary>
/// Collects users over all inputs of a command, each with what is to be done with them, so that they are looked up
/// together.
/// </summary>
/// <typeparam name="TUse">What is to be done with a user: where to add them, say.</typeparam>
internal sealed class UserBatch<TUse>
{
    // As many as one call looks up.
    private const int Size = 200;

    private readonly List<(UserReference Reference, TUse Use)> _waiting = [];

    /// <summary>Takes users in where there is nothing to do for them yet; false, and none is taken, where there
    /// is.</summary>
    public bool TryAdd(IEnumerable<UserReference> references, TUse use)
    {
        var more = UserReference.Expand(references).ToList();
        if (_waiting.Count + more.Count >= Size)
            return false;
        _waiting.AddRange(more.Select(reference => (reference, use)));
        return true;
    }

    /// <summary>Takes users in; whenever enough are together they are worked on.</summary>
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

    /// <summary>Has those worked on who are left.</summary>
    public async Task FlushAsync(Func<IReadOnlyList<(UserReference Reference, TUse Use)>, Task> work)
    {
        (UserReference, TUse)[] batch = [.. _waiting];
        _waiting.Clear();
        if (batch.Length > 0)
            await work(batch);
    }
}
