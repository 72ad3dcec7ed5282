using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cem.Kernel.Data;

namespace Cem.Kernel.Web;

/// <summary>
/// JSON on the wire: camelCase, depth at most 32, unknown and doubled fields refused by name, instants with their offset,
/// days as YYYY-MM-DD, enums by name. What cannot be read says so in words made for the caller.
/// </summary>
public static class WireJson
{
    public const int DeepestNesting = 32;

    public static readonly JsonSerializerOptions Options = Make();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.MaxDepth = DeepestNesting;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseIgnored } };
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new DayConverter());
        options.Converters.Add(new EnumConverter());
        options.Converters.Add(new Json.IdConverter());
    }

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>What a request takes from its address is no field of its body: without this a body that names it would be taken, and the name passed over.</summary>
    static void RefuseIgnored(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (type.Properties[i].AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) == true)
                type.Properties.RemoveAt(i);
    }

    /// <summary>A value of the wrong form, with a message made for the caller.</summary>
    public sealed class FormException(string code, Say say) : JsonException(say.En)
    {
        public string Code => code;

        public Say Say => say;
    }

    sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Wire.TryInstant(reader.GetString(), out var instant)
                ? instant
                : throw new FormException("instant", ("An instant is needed in RFC 3339 with its offset, such as 2026-03-01T09:30:00+08:00.", "需要带时区偏移的 RFC 3339 时间，例如 2026-03-01T09:30:00+08:00。"));

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Wire.Instant(value));
    }

    sealed class DayConverter : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Wire.TryDay(reader.GetString(), out var day)
                ? day
                : throw new FormException("date", ("A date is needed as YYYY-MM-DD.", "需要 YYYY-MM-DD 格式的日期。"));

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    sealed class EnumConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        sealed class Of<T> : JsonConverter<T> where T : struct, Enum
        {
            static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String && ByName.TryGetValue(reader.GetString()!, out var value)
                    ? value
                    : throw new FormException("choice", ($"One of these is needed: {string.Join(", ", ByName.Keys)}.", $"只能是以下之一：{string.Join("、", ByName.Keys)}。"));

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        }
    }
}
