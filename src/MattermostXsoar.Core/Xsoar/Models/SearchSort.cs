namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>The field by which a search is sorted; without it the pages of a search need not be consistent.</summary>
internal sealed record SearchSort(string Field, bool Asc);
