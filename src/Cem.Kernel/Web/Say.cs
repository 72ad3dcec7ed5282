namespace Cem.Kernel.Web;

/// <summary>One sentence in both languages, standing beside the rule that speaks it.</summary>
public readonly record struct Say(string En, string Zh)
{
    public static implicit operator Say((string En, string Zh) both) => new(both.En, both.Zh);

    public string In(string language) => language == Text.Languages.Chinese ? Zh : En;
}
