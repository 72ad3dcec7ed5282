namespace Cem.Kernel.Web;

/// <summary>One thing wrong with what was sent.</summary>
/// <param name="Pointer">A JSON pointer (RFC 6901) to the field, or the name of a form field or query parameter.</param>
public sealed record FieldError(string Pointer, string Code, Say Message);

/// <summary>
/// What a handler throws when it will not do as asked. One place turns it into problem+json (RFC 9457) for the API and
/// into an error page, or the form again with its errors, for people.
/// </summary>
#pragma warning disable CA1710 // the name of RFC 9457
public sealed class Problem : Exception
#pragma warning restore CA1710
{
    Problem(int status, string code, Say message, IReadOnlyList<FieldError>? errors = null) : base(message.En)
    {
        Status = status;
        Code = code;
        Say = message;
        Errors = errors ?? [];
    }

    public int Status { get; }

    /// <summary>Stable, kebab-case; part of the API.</summary>
    public string Code { get; }

    public Say Say { get; }

    public IReadOnlyList<FieldError> Errors { get; }

    /// <summary>How long to wait before trying again, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>400: what was sent cannot be read.</summary>
    public static Problem Malformed(string pointer, string code, Say message) =>
        new(400, "malformed", ("The request cannot be read.", "请求无法读取。"), [new FieldError(pointer, code, message)]);

    /// <summary>400: half a surrogate pair is valid JSON and no valid text.</summary>
    public static Problem BrokenText(string pointer) =>
        Malformed(pointer, "text", ("This text holds half of a surrogate pair.", "文本中含有不完整的代理对字符。"));

    public static Problem SignInNeeded() =>
        new(401, "unauthenticated", ("A valid API key is needed: send it as 'Authorization: Bearer cem_…' or 'X-Api-Key'.", "需要有效的 API 密钥。"));

    /// <summary>403: known, but not allowed to do this.</summary>
    public static Problem Forbidden() =>
        new(403, "forbidden", ("You are not allowed to do this.", "您没有执行此操作的权限。"));

    /// <summary>403: the form was not one of ours, or its session is over.</summary>
    public static Problem ForeignForm() =>
        new(403, "form-token", ("This form is out of date. Go back, reload the page and send it again.", "此表单已失效。请返回并刷新页面后重新提交。"));

    /// <summary>404: it does not exist, or lies outside what the caller may see.</summary>
    /// <param name="code">What is missing: <c>account-not-found</c>.</param>
    public static Problem NotFound(string code, Say message) => new(404, code, message);

    /// <summary>409: it clashes with what is there.</summary>
    public static Problem Conflict(string code, Say message) => new(409, code, message);

    /// <summary>412: somebody else changed it in the meantime.</summary>
    public static Problem Stale() =>
        new(412, "stale", ("It has changed since you read it. Read it again and repeat your change.", "内容已被他人更改。请重新读取后再修改。"));

    /// <summary>413.</summary>
    public static Problem TooLarge(long limit) =>
        new(413, "too-large", ($"The body may hold at most {limit} bytes.", $"请求内容最多 {limit} 字节。"));

    /// <summary>422: a rule is broken by one field.</summary>
    public static Problem Rule(string pointer, string code, Say message) => Rules([new FieldError(pointer, code, message)]);

    /// <summary>422: rules are broken, all of them listed.</summary>
    public static Problem Rules(IReadOnlyList<FieldError> errors) =>
        new(422, errors.Count == 1 ? errors[0].Code : "invalid", errors.Count == 1 ? errors[0].Message : ("Some fields are not right.", "部分内容有误。"), errors);

    /// <summary>429.</summary>
    public static Problem TooMany(TimeSpan retryAfter, Say? say = null) =>
        new(429, "too-many-requests", say ?? ("Too many requests. Wait a moment.", "请求过于频繁，请稍候。")) { RetryAfter = retryAfter };

    /// <summary>503: our own passing trouble.</summary>
    public static Problem Busy() =>
        new(503, "busy", ("The server cannot take this just now. Send it again in a moment; retrying is safe.", "服务器暂时繁忙，请稍后重试；重试是安全的。")) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>500.</summary>
    public static Problem Internal() =>
        new(500, "internal", ("Something went wrong on our side. The trace id helps to find out what.", "服务器内部出错，请将跟踪编号告知管理员。"));

    /// <summary>Another status that the framework decided on.</summary>
    public static Problem Other(int status, string code, Say message) => new(status, code, message);
}
