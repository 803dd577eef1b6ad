namespace MattermostXsoar.HelpBuilder.Pages;

/// <summary>A command's page.</summary>
internal sealed record CommandPage(
    string Name,
    string Synopsis,
    IReadOnlyList<SyntaxHelp> Syntax,
    IReadOnlyList<string> Description,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<LinkHelp> Links
);
