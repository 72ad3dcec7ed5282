using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace Cem.Kernel.Html.Helpers;

/// <summary>
/// How a bare <c>{{value}}</c> is written: markup as it is, text and whole numbers plainly. Fractions, dates and
/// instants have no one form, so a template must say which it wants.
/// </summary>
sealed class ValueFormatters : IFormatterProvider
{
    static readonly HashSet<Type> Undecided = [typeof(double), typeof(float), typeof(decimal), typeof(DateOnly), typeof(DateTimeOffset), typeof(DateTime), typeof(TimeSpan)];

    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = type == typeof(SafeHtml) ? new Markup() : type == typeof(bool) ? new Truth() : Undecided.Contains(type) ? new Refusal() : null;
        return formatter is not null;
    }

    sealed class Markup : IFormatter
    {
        public void Format<T>(T value, in EncodedTextWriter writer) => writer.WriteSafeString(value!.ToString()!);
    }

    // As attributes such as aria-pressed want it.
    sealed class Truth : IFormatter
    {
        public void Format<T>(T value, in EncodedTextWriter writer) => writer.WriteSafeString(value is true ? "true" : "false");
    }

    sealed class Refusal : IFormatter
    {
        public void Format<T>(T value, in EncodedTextWriter writer) =>
            throw new ArgumentException($"Write a {typeof(T).Name} with a helper: number, signed, percent, date, time, duration or iso");
    }
}
