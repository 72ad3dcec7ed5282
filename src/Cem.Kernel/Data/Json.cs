using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cem.Kernel.Data;

/// <summary>The one way this server writes JSON for itself: camelCase, no nulls, Chinese left readable.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new IdConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Stored);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Stored) ?? throw new JsonException("A stored value was null.");

    /// <summary>Ids travel as their thirteen characters.</summary>
    public sealed class IdConverter : JsonConverter<Id>
    {
        public override Id Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Id.TryParse(reader.GetString(), null, out var id)
                ? id
                : throw new JsonException("An id has thirteen characters of base 32.");

        public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
