using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cem.Tests.Durability;

/// <summary>
/// A client that does not give up: a call whose answer the crash swallowed is made again, word for word and with the same
/// key, once the server is back.
/// </summary>
sealed partial class Crm(HttpClient http, string key, Ledger ledger) : IDisposable
{
    volatile TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int repeats;

    public Ledger Ledger => ledger;

    /// <summary>Calls that were made again because their answer never came.</summary>
    public int Repeats => Volatile.Read(ref repeats);

    /// <summary>The server answers: calls that wait go on.</summary>
    public void SetUp() => up.TrySetResult();

    /// <summary>The server is about to be killed: what fails from now on is made again after the next start.</summary>
    public void SetDown() => up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A call of the API; its answer after a 2xx.</summary>
    /// <param name="retryKey">The Idempotency-Key, if the call has no natural one.</param>
    /// <param name="twice">Ask again at once although it was answered, as a client does that lost the answer.</param>
    public async Task<JsonElement> Call(HttpMethod method, string path, object? body = null, string? retryKey = null, bool twice = false)
    {
        var text = await Read(method, path, body, retryKey);
        if (twice && retryKey is not null && await Read(method, path, body, retryKey) is var again && again != text)
            ledger.Breaches.Enqueue($"{method} {path} was answered {text}, repeated with the same key {again}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>A step on a work order, on the version that was read; false where somebody else was faster.</summary>
    public async Task<bool> Step(string order, string step, object body, int version, string retryKey)
    {
        using var answer = await Send(() =>
        {
            var request = Request(HttpMethod.Post, $"/api/v1/work-orders/{order}:{step}", body, retryKey);
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
            return request;
        }, HttpStatusCode.PreconditionFailed);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Sends the form of a page, as a browser without script does.</summary>
    /// <param name="fair">A refusal that is fair, because the form was taken before and its answer lost.</param>
    public async Task Submit(string path, Dictionary<string, string> fields, HttpStatusCode? fair = null)
    {
        using var page = await Send(() => new HttpRequestMessage(HttpMethod.Get, path));
        var form = new Dictionary<string, string>(fields) { ["_token"] = Token().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value };
        using var _ = await Send(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) }, fair);
    }

    async Task<string> Read(HttpMethod method, string path, object? body, string? retryKey)
    {
        using var answer = await Send(() => Request(method, path, body, retryKey));
        return await answer.Content.ReadAsStringAsync();
    }

    HttpRequestMessage Request(HttpMethod method, string path, object? body, string? retryKey)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (retryKey is not null)
            request.Headers.Add("Idempotency-Key", retryKey);
        return request;
    }

    /// <summary>Sends until there is an answer: a success, or the one refusal that is fair.</summary>
    async Task<HttpResponseMessage> Send(Func<HttpRequestMessage> make, HttpStatusCode? fair = null)
    {
        while (true)
        {
            var running = up;
            await running.Task;
            using var request = make();
            try
            {
                // Complete with its body, or not at all: half an answer acknowledges nothing.
                var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead);
                if ((int)answer.StatusCode is < 200 or > 399 && answer.StatusCode != fair)
                    throw new UnexpectedAnswerException($"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                ledger.Acknowledge();
                return answer;
            }
            catch (HttpRequestException fault)
            {
                if (ReferenceEquals(running, up))
                    throw new UnexpectedAnswerException($"{request.Method} {request.RequestUri}: the server was not killed, but {fault.Message}");
                Interlocked.Increment(ref repeats);
            }
        }
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"_token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>The server answered something other than a success.</summary>
sealed class UnexpectedAnswerException(string message) : Exception(message);
