using System.Text.RegularExpressions;
using Cem.Kernel.Web;

namespace Cem.Server.Features.OperationalData;

/// <summary>What a declared source must keep to, whether it comes over the API, from the form or is only tried.</summary>
static partial class SourceRules
{
    const int MostFields = 200;
    const int MostAliases = 500;
    const int LongestText = 200;

    static readonly FieldRole[] EventRoles = [FieldRole.At, FieldRole.Type];

    public static IReadOnlyList<FieldError> Check(string code, SourceDefinition source)
    {
        var errors = new List<FieldError>();
        if (code is not null && !CodeForm().IsMatch(code))
            Add("/code", "code", ("A code has 1 to 64 letters, digits, dots, dashes or underscores.", "代码须为 1 到 64 个字母、数字、点、短横或下划线。"));
        Named("/name/en", source.Name.En);
        Named("/name/zh-CN", source.Name.Zh);
        if (source.EventType is { } type)
            Named("/eventType", type);
        if (source.Fields.Count is 0 or > MostFields)
        {
            Add("/fields", "count", ($"A source has 1 to {MostFields} fields.", $"数据源须有 1 到 {MostFields} 个字段。"));
            return errors;
        }
        foreach (var (index, field) in source.Fields.Index())
            CheckField(source, $"/fields/{index}", field);
        Doubled(source.Fields.Select(field => field.Column), index => $"/fields/{index}/column", "doubled-column", name => ($"The column '{name}' is declared twice.", $"列“{name}”声明了两次。"));
        Doubled(source.Fields.Select(field => field.Metric ?? ""), index => $"/fields/{index}/metric", "doubled-metric", name => ($"The metric '{name}' is declared twice.", $"指标“{name}”声明了两次。"));
        Doubled(source.Fields.Select(field => field.Maps?.ToString() ?? ""), index => $"/fields/{index}/maps", "doubled-role", name => ("Another column already maps to this.", "已有其他列映射到此项。"));
        CheckKey(source);
        CheckRoles(source);
        return errors;

        void CheckField(SourceDefinition declared, string at, SourceField field)
        {
            Named(at + "/column", field.Column);
            if (field.Unit is { } unit)
                Named(at + "/unit", unit);
            if (field.Name is { } name)
            {
                Named(at + "/name/en", name.En);
                Named(at + "/name/zh-CN", name.Zh);
            }
            if (field.Metric is { } metric && !CodeForm().IsMatch(metric))
                Add(at + "/metric", "code", ("A code has 1 to 64 letters, digits, dots, dashes or underscores.", "代码须为 1 到 64 个字母、数字、点、短横或下划线。"));
            if (field.Metric is not null && field.Type is not (FieldType.Integer or FieldType.Number or FieldType.Boolean))
                Add(at + "/type", "metric-type", ("A metric is an integer, a number or a boolean.", "指标须为整数、数值或布尔类型。"));
            if (field is { Metric: not null, Maps: not null })
                Add(at + "/metric", "metric-role", ("A column maps to something or is a metric, not both.", "一列只能映射到某项或作为指标，不能兼有。"));
            if (field.Period is not null && field.Maps != FieldRole.Period)
                Add(at + "/period", "period-role", ("Only the column that maps to the period has its length.", "只有映射到周期的列才有周期长度。"));
            if (field.Aliases is { } aliases && (field.Type != FieldType.Text || aliases.Count > MostAliases || aliases.Any(alias => alias.Key.Length is 0 or > LongestText || alias.Value is not { Length: > 0 and <= LongestText })))
                Add(at + "/aliases", "aliases", ($"Aliases belong to a text column: at most {MostAliases}, none of them empty.", $"别名只用于文本列，最多 {MostAliases} 个，且不能为空。"));
            if (field.Maps is { } role && !Fits(role, field.Type))
                Add(at + "/type", "role-type", role is FieldRole.Period or FieldRole.At
                    ? ("A date, an instant or a local time is needed here; a period needs a date.", "此处需要日期、时间点或本地时间；周期需要日期。")
                    : ("What names something is text.", "名称类的列须为文本类型。"));
            if (field.Maps is { } mapped && (declared.Kind == SourceKind.Metric ? EventRoles.Contains(mapped) : mapped == FieldRole.Period))
                Add(at + "/maps", "role-kind", ("Metrics have a period; events have an instant and a type.", "指标类数据源有周期；事件类数据源有发生时间和类型。"));
        }

        void CheckKey(SourceDefinition declared)
        {
            if (declared.Key.Count is 0 or > 8)
                Add("/key", "count", ("One to eight columns name a row.", "须由 1 到 8 列确定一行。"));
            foreach (var (index, column) in declared.Key.Index())
                if (!declared.Fields.Any(field => field.Column.Equals(column, StringComparison.OrdinalIgnoreCase)))
                    Add($"/key/{index}", "unknown-column", ($"There is no column '{column}' here.", $"没有名为“{column}”的列。"));
        }

        void CheckRoles(SourceDefinition declared)
        {
            if (declared.Of(FieldRole.Account) is null && (declared.Kind == SourceKind.Event || declared.Of(FieldRole.OrgUnit) is null))
                Add("/fields", "no-account", declared.Kind == SourceKind.Event
                    ? ("One column must map to the account.", "须有一列映射到客户。")
                    : ("One column must map to the account or the org unit.", "须有一列映射到客户或组织单元。"));
            if (declared.Of(FieldRole.Contact) is not null && declared.Of(FieldRole.Account) is null)
                Add("/fields", "contact-without-account", ("A contact needs its account.", "映射联系人时须同时映射客户。"));
            if (declared.Kind == SourceKind.Event && declared.Of(FieldRole.At) is null)
                Add("/fields", "no-instant", ("One column must say when it happened.", "须有一列表示发生时间。"));
            if (declared.Kind == SourceKind.Metric && declared.Fields.All(field => field.Metric is null))
                Add("/fields", "no-metric", ("At least one column must be a metric.", "至少须有一列为指标。"));
        }

        void Named(string pointer, string text)
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText || text.Any(char.IsControl))
                Add(pointer, "text", ($"One line of 1 to {LongestText} characters is needed.", $"须为 1 到 {LongestText} 个字符的单行文本。"));
        }

        void Doubled(IEnumerable<string> names, Func<int, string> pointer, string error, Func<string, Say> say)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (index, name) in names.Index())
                if (name.Length > 0 && !seen.Add(name))
                    Add(pointer(index), error, say(name));
        }

        void Add(string pointer, string error, Say say) => errors.Add(new FieldError(pointer, error, say));
    }

    static bool Fits(FieldRole role, FieldType type) => role switch
    {
        FieldRole.Period => type is FieldType.Date,
        FieldRole.At => type is FieldType.Date or FieldType.Instant or FieldType.LocalTime,
        _ => type is FieldType.Text,
    };

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex CodeForm();
}
