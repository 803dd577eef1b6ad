namespace MattermostXsoar.Core.Http;

/// <summary>The kinds of answers by their length; <see cref="AnswerSizes"/> has the limits.</summary>
internal enum AnswerSize
{
    /// <summary>One object, or what confirms a change.</summary>
    Single,

    /// <summary>A page of a list, or a list that the server does not divide into pages.</summary>
    List,

    /// <summary>Up to 1000 entries of a War Room, each of which may hold a table of any size.</summary>
    WarRoom,
}
