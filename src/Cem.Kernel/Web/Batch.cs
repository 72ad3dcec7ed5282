using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cem.Kernel.Data;
using FluentValidation;

namespace Cem.Kernel.Web;

/// <summary>
/// Many items in one call: order kept, an answer for each, and one bad item never sinks the rest. The items stay unread
/// JSON until each is read by itself.
/// </summary>
public static class Batch
{
    public const int MostItems = 1000;
    public const long MostBytes = 5 * 1024 * 1024;

    /// <summary>Reads and validates every item, outside the write.</summary>
    /// <exception cref="Problem">422: there are too many, or none.</exception>
    public static IReadOnlyList<BatchEntry<T>> Read<T>(IReadOnlyList<JsonElement> items, IValidator<T> validator) where T : class => items.Count switch
    {
        0 => throw Problem.Rule("/items", "empty", ("A batch holds at least one item.", "批量请求至少包含一项。")),
        > MostItems => throw Problem.Rule("/items", "too-many", ($"A batch holds at most {MostItems} items.", $"批量请求最多包含 {MostItems} 项。")),
        _ => [.. items.Select(item => ReadOne(item, validator))],
    };

    /// <summary>Does what each good item asks, each under a savepoint of its own.</summary>
    /// <param name="act">Does one item; returns its status and the caller's id of it.</param>
    public static BatchAnswer Run<T>(Tx tx, IReadOnlyList<BatchEntry<T>> entries, Func<T, (int Status, string Id)> act) where T : class
    {
        var results = new List<BatchResult>(entries.Count);
        foreach (var entry in entries)
        {
            (int Status, string Id) done = default;
            var problem = entry.Problem ?? tx.Attempt(() => done = act(entry.Item!));
            results.Add(problem is null
                ? new BatchResult(results.Count, done.Status, done.Id, null)
                : new BatchResult(results.Count, problem.Status, null, BatchError.Of(problem)));
        }
        return new BatchAnswer(results);
    }

    static BatchEntry<T> ReadOne<T>(JsonElement item, IValidator<T> validator) where T : class
    {
        try
        {
            var read = item.Deserialize<T>(WireJson.Options)
                ?? throw Problem.Malformed("", "wrong-type", ("This may not be null.", "此处不能为 null。"));
            return Validation.Errors(validator, read) is { Count: > 0 } errors
                ? new BatchEntry<T>(null, Problem.Rules(errors))
                : new BatchEntry<T>(read, null);
        }
        catch (Exception fault) when (fault is JsonException or Problem)
        {
            return new BatchEntry<T>(null, ProblemMapping.From(fault));
        }
    }
}

/// <summary>The items of a batch as they came, none of them judged yet, not even for a field that stands there twice.</summary>
[JsonConverter(typeof(Converter))]
public sealed class BatchItems(IList<JsonElement> items) : ReadOnlyCollection<JsonElement>(items)
{
    sealed class Converter : JsonConverter<BatchItems>
    {
        public override BatchItems Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new WireJson.FormException("wrong-type", ("A list is needed.", "此处须为列表。"));
            var items = new List<JsonElement>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(JsonElement.ParseValue(ref reader));
            return new BatchItems(items);
        }

        public override void Write(Utf8JsonWriter writer, BatchItems value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value)
                item.WriteTo(writer);
            writer.WriteEndArray();
        }
    }
}

/// <summary>One item: what it says, or what is wrong with it.</summary>
public sealed record BatchEntry<T>(T? Item, Problem? Problem) where T : class;

/// <param name="Items">One for each item sent, in its order.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchResult> Items);

/// <param name="Status">The status the item would have got alone.</param>
/// <param name="Id">The caller's id; null where the item was refused.</param>
/// <param name="Error">Why it was refused; null where it was not.</param>
public sealed record BatchResult(int Index, int Status, string? Id, BatchError? Error);

/// <param name="Errors">Pointers into the item.</param>
public sealed record BatchError(string Code, string Message, IReadOnlyList<ProblemDetails.Error> Errors)
{
    internal static BatchError Of(Problem problem) => new(
        problem.Code, problem.Say.En, [.. problem.Errors.Select(error => new ProblemDetails.Error(error.Pointer, error.Code, error.Message.En))]);
}
