using System.Text.Json;

namespace Cem.Tests.Testing;

/// <summary>What tests ask of answers.</summary>
static class Answers
{
    /// <summary>Asserts a problem+json answer with this status and code and, where given, an error at this pointer.</summary>
    public static async Task IsProblem(this HttpResponseMessage answer, int status, string code, string? pointer = null, string? errorCode = null)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        using var json = JsonDocument.Parse(text);
        Assert.That(json.RootElement.GetProperty("code").GetString(), Is.EqualTo(code), text);
        if (pointer is null)
            return;
        var errors = json.RootElement.GetProperty("errors").EnumerateArray().ToList();
        Assert.That(errors.Select(error => error.GetProperty("pointer").GetString()), Has.Member(pointer), text);
        if (errorCode is not null)
            Assert.That(errors.Single(error => error.GetProperty("pointer").GetString() == pointer).GetProperty("code").GetString(), Is.EqualTo(errorCode), text);
    }

    /// <summary>The body as JSON, after asserting success.</summary>
    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, Is.True, $"{(int)answer.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
