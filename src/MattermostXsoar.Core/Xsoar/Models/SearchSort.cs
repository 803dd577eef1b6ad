namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>By which field a search is sorted; without it pages of one search need not fit together.</summary>
internal sealed record SearchSort(string Field, bool Asc);
