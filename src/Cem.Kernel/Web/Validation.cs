using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FluentValidation;

namespace Cem.Kernel.Web;

/// <summary>FluentValidation's findings as field errors in both languages.</summary>
public static partial class Validation
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    public static IReadOnlyList<FieldError> Errors<T>(IValidator<T> validator, T subject)
    {
        var english = In(English, validator, subject);
        if (english.Count == 0)
            return [];
        var chinese = In(Chinese, validator, subject);
        return [.. english.Zip(chinese, (en, zh) => new FieldError(
            Pointer(en.PropertyName), Code(en.ErrorCode), (en.ErrorMessage, zh.ErrorMessage)))];
    }

    /// <summary>A stable code and the sentence in the language of the moment.</summary>
    public static IRuleBuilderOptions<T, TProperty> Says<T, TProperty>(this IRuleBuilderOptions<T, TProperty> rule, string code, Say say) =>
        rule.WithErrorCode(code).WithMessage(_ => say.In(CultureInfo.CurrentUICulture.Name));

    /// <summary><c>Items[0].AnnualRevenue.Amount</c> is <c>/items/0/annualRevenue/amount</c>.</summary>
    public static string Pointer(string property)
    {
        var pointer = new StringBuilder();
        foreach (var part in property.Split('.', '[', ']').Where(part => part.Length > 0))
            pointer.Append('/').Append(char.ToLowerInvariant(part[0])).Append(part.AsSpan(1));
        return pointer.ToString();
    }

    static List<FluentValidation.Results.ValidationFailure> In<T>(CultureInfo culture, IValidator<T> validator, T subject)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = culture;
        try
        {
            return validator.Validate(subject).Errors;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    static string Code(string code) => UpperCase().Replace(code.Replace("Validator", "", StringComparison.Ordinal), match => (match.Index > 0 ? "-" : "") + char.ToLowerInvariant(match.Value[0]));

    [GeneratedRegex("[A-Z]")]
    private static partial Regex UpperCase();
}
