using System.Text;

namespace Cem.Kernel.Text;

/// <summary>
/// One text in one language, parsed once: literal pieces and placeholders <c>{name}</c>; <c>{{</c> and <c>}}</c> are
/// literal braces. A text with a plural has a second pattern for <c>count</c> = 1.
/// </summary>
sealed class TextPattern
{
    readonly record struct Piece(string Literal, string? Name);

    readonly Piece[] _pieces;
    readonly TextPattern? _one;

    TextPattern(Piece[] pieces, TextPattern? one)
    {
        _pieces = pieces;
        _one = one;
        Names = pieces.Where(piece => piece.Name is not null).Select(piece => piece.Name!)
            .Concat(one is null ? [] : ["count"]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Names of the arguments the text needs.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <exception cref="FormatException">A brace is not closed, or a placeholder is not a name.</exception>
    public static TextPattern Parse(string other, string? one = null) =>
        new(Pieces(other), one is null ? null : new TextPattern(Pieces(one), null));

    /// <summary>The form to write for a count: the singular one for 1 where there is one.</summary>
    public TextPattern For(Func<string, object?> argument) =>
        _one is not null && argument("count") is IConvertible count and not string
            && count.ToDouble(System.Globalization.CultureInfo.InvariantCulture) == 1 ? _one : this;

    /// <summary>Walks the text in order: literal pieces to one action, argument names to the other.</summary>
    public void Write(Action<string> literal, Action<string> argument)
    {
        foreach (var piece in _pieces)
            if (piece.Name is null) literal(piece.Literal);
            else argument(piece.Name);
    }

    /// <summary>The text where it has no placeholders, else null.</summary>
    public string? Plain => _one is not null ? null : _pieces switch
    {
        [] => "",
        [{ Name: null } only] => only.Literal,
        _ => null
    };

    static Piece[] Pieces(string text)
    {
        var pieces = new List<Piece>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}')) literal.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == text[i]) literal.Append(text[i++]);
            else
            {
                var end = text.IndexOf('}', i);
                if (text[i] == '}' || end < 0) throw new FormatException($"A brace is not paired in \"{text}\"");
                var name = text[(i + 1)..end];
                if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
                    throw new FormatException($"\"{name}\" is not the name of an argument in \"{text}\"");
                if (literal.Length > 0) pieces.Add(new(literal.ToString(), null));
                literal.Clear();
                pieces.Add(new("", name));
                i = end;
            }
        }
        if (literal.Length > 0) pieces.Add(new(literal.ToString(), null));
        return [.. pieces];
    }
}
