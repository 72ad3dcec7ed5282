namespace Cem.Server.Features.Insights.Models;

/// <summary>How many answers a figure needs: from <see cref="Show"/> on it is shown, from <see cref="Stable"/> on it is stable.</summary>
internal static class Bases
{
    public const int Show = 5;

    public const int Stable = 30;

    /// <summary>The warning about a low base, or none.</summary>
    public static List<string> Warnings(Words words, double n) => n switch
    {
        0 => [],
        < Show => [words.Say($"Too few answers (n = {n:0.##}, fewer than {Show}): do not rank or alarm by this.", $"样本不足（n={n:0.##}，少于 {Show}）：不排名、不预警。")],
        < Stable => [words.Say($"Low base (n = {n:0.##}, fewer than {Stable}): read it with its interval.", $"样本偏少（n={n:0.##}，少于 {Stable}）：请结合区间解读。")],
        _ => [],
    };
}
