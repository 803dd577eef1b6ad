namespace MattermostXsoar.Core.People.Chat;

/// <summary>What becomes of a message, by how many the person has written.</summary>
internal enum PersonRate
{
    /// <summary>It is answered.</summary>
    Answer,

    /// <summary>It is the first one too many: the person is told so.</summary>
    Tell,

    /// <summary>It is a further one too many.</summary>
    Ignore,
}
