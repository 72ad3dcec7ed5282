using System.Text.RegularExpressions;
using Cem.Kernel.Text;

namespace Cem.Kernel.Html;

/// <summary>
/// What a template goes through before the engine compiles it. Writes its scope into its calls of the helpers that look up texts, <c>{{t "key"}}</c> to
/// <c>{{t "Surveys/ListSurveys" "key"}}</c>, because a helper cannot see which file calls it; and checks on the way
/// that every text named exists. Takes away the indentation of partials on a line of their own.
/// </summary>
static partial class Preparation
{
    /// <exception cref="TemplateException">A text that is named does not exist.</exception>
    public static string Write(TemplateFile file, Texts texts)
    {
        // Markup comes as SafeHtml; nothing else is ever written as it is.
        if (!file.IsText && Unescaped().Match(file.Source) is { Success: true } found)
            throw new TemplateException(file.Name, $"{found.Value} would not be escaped; write {{{{…}}}} and give it SafeHtml");
        return Tag().Replace(IndentedPartial().Replace(file.Source, ""), tag => Call().Replace(tag.Value, call =>
        {
            var (helper, key) = (call.Groups["helper"].Value, call.Groups["key"].Value);
            if (helper == "t" && key.Length > 0 && !texts.Has(file.Scope, key))
                throw new TemplateException(file.Name, $"no text \"{key}\" for \"{file.Scope}\", its area or the kernel");
            return $"{call.Groups["open"].Value}{helper} \"{file.Scope}\" {call.Groups["key"].ValueWithQuotes()}";
        }));
    }

    static string ValueWithQuotes(this Group key) => key.Success ? $"\"{key.Value}\"" : "";

    [GeneratedRegex(@"\{\{(\{|~?&)[^}]*\}*")]
    private static partial Regex Unescaped();

    // Handlebars.Net 2.4.3 renders an indented partial into a writer that does not escape.
    [GeneratedRegex(@"^[ \t]+(?=\{\{~?#?>)", RegexOptions.Multiline)]
    private static partial Regex IndentedPartial();

    // Comments are left alone; tags do not nest.
    [GeneratedRegex(@"\{\{(?!\{?~?!).*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex("""(?<open>^\{\{\{?~?\s*|\()(?<helper>t|field)\s+(?:["'](?<key>[^"']*)["'])?""")]
    private static partial Regex Call();
}
