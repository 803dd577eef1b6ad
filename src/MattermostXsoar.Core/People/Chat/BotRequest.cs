namespace MattermostXsoar.Core.People.Chat;

/// <summary>A message to the bot, as far as it is understood.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Page">The page of a list, from 1.</param>
/// <param name="Text">What it is about: the incident's id of a mirror, the whole message of a new incident; else
/// empty.</param>
internal sealed record BotRequest(BotRequestKind Kind, int Page = 1, string Text = "");
