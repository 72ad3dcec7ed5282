using Cem.Kernel.Html;
using Cem.Kernel.Text;

namespace Cem.Kernel.Web;

/// <summary>How the company presents itself on pages and mails; kept in memory, set by the slice that stores it.</summary>
public sealed class CompanyProfile
{
    volatile Profile current = new("CemMonolith", "CemMonolith", Accents.Default);

    public Profile Current => current;

    public void Set(Profile profile) => current = profile;

    /// <param name="Colour"><c>#rrggbb</c>.</param>
    public sealed record Profile(string NameEn, string NameZh, string Colour)
    {
        public string Name(string language) => language == Languages.Chinese ? NameZh : NameEn;
    }
}
