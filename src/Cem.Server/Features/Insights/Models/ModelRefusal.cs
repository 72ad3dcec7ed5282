namespace Cem.Server.Features.Insights.Models;

/// <summary>An input that a model will not compute with.</summary>
/// <param name="code">A stable word for programs, such as <c>out_of_range</c>.</param>
/// <param name="pointer">The JSON pointer of the field at fault, empty for the whole input.</param>
/// <param name="message">What is wrong and what would be right, for a person.</param>
internal sealed class ModelRefusal(string code, string pointer, string message) : Exception(message)
{
    /// <summary>A field that the model does not know.</summary>
    public const string UnknownField = "unknown_field";

    /// <summary>A field that must be given and is not.</summary>
    public const string Missing = "required";

    /// <summary>A field of another type than the model reads.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>A value outside what it can be.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>Values that do not go together.</summary>
    public const string Inconsistent = "inconsistent";

    /// <summary>Data from which the model cannot be computed, however often it is tried.</summary>
    public const string NotComputable = "not_computable";

    public string Code => code;

    public string Pointer => pointer;
}
