using System.Reflection;
using Cem.Kernel.Html;
using Cem.Kernel.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Cem.Kernel.Web;

/// <summary>
/// A page as the answer of a route: the model, drawn by the template of the model's own slice.
/// </summary>
public sealed class Page : IResult, IEndpointMetadataProvider
{
    readonly object model;
    readonly string template;
    readonly string scope;
    readonly int status;
    readonly string? language;

    Page(object model, string? name, int status, string? language = null)
    {
        this.model = model;
        this.status = status;
        this.language = language;
        scope = RequestName.Of(model.GetType());
        template = TemplateOf(model, name);
    }

    /// <summary>The template that draws a model: of the model's own slice.</summary>
    internal static string TemplateOf(object model, string? name = null) =>
        RequestName.Of(model.GetType()) + "/" + (name ?? RequestName.Of(model.GetType()).Split('/')[^1]);

    /// <param name="model">A record of the slice; its namespace tells which slice's template draws it.</param>
    /// <param name="name">The template's name where it is not the slice's: <c>Edit</c> for <c>Edit.hbs</c>.</param>
    public static Page Of(object model, string? name = null, int status = StatusCodes.Status200OK) => new(model, name, status);

    /// <summary>A page for somebody who is no member of staff: in their own language, without navigation, with its style inside.</summary>
    public static Page Alone(object model, string language, string? name = null, int status = StatusCodes.Status200OK) => new(model, name, status, language);

    /// <summary>
    /// Sends a form's request: a redirect when it was done, and the form again, as typed and with what is wrong, when it was
    /// refused. What lies outside the caller's scope stays an error page.
    /// </summary>
    /// <param name="act">Sends the request and says where to go on; <c>/surveys?done=saved</c> shows the text <c>done.saved</c>.</param>
    /// <param name="again">The page of the form.</param>
    public static Task<IResult> Submit(IFormCollection form, Caller caller, Func<Task<string>> act, Func<Form, Task<object>> again, string? name = null) =>
        Submit(form, caller, async () => TypedResults.LocalRedirect(await act()), again, name);

    /// <inheritdoc cref="Submit(IFormCollection, Caller, Func{Task{string}}, Func{Form, Task{object}}, string?)"/>
    /// <param name="act">Sends the request and answers by itself: with a page where a secret is shown this once.</param>
    public static async Task<IResult> Submit(IFormCollection form, Caller caller, Func<Task<IResult>> act, Func<Form, Task<object>> again, string? name = null)
    {
        try
        {
            return await act();
        }
        catch (Problem problem) when (problem.Status is 400 or 409 or 412 or 422)
        {
            var errors = problem.Errors.Count > 0
                ? problem.Errors.Select(error => new FormError(FieldName(error.Pointer), error.Message.In(caller.Language)))
                : [new FormError("", problem.Say.In(caller.Language))];
            return Of(await again(Form.Posted(form).With(errors)), name, problem.Status);
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var pages = services.GetRequiredService<PageContext>();
        var context = language is null
            ? pages.For(httpContext, services.GetRequiredService<CallerContext>().Caller, scope)
            : pages.For(httpContext, language);
        var html = services.GetRequiredService<Templates>().Render(template, model, context);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/html"]));

    /// <summary><c>/annualRevenue/amount</c> is the form's field <c>annualRevenue.amount</c>.</summary>
    static string FieldName(string pointer) => pointer.TrimStart('/').Replace('/', '.');
}

/// <summary>The page a person sees when something went wrong.</summary>
sealed class PlainErrorPage(Templates templates, PageContext pages, Text.Texts texts) : IErrorPage
{
    public async Task Write(HttpContext context, Problem problem, string traceId)
    {
        var caller = context.RequestServices.GetRequiredService<CallerContext>().Caller;
        var page = pages.For(context, caller, "");
        var model = ErrorPage.For(problem.Status, texts.For(page.Language, ""), traceId);
        if (problem.Status is not (401 or 404 or >= 500))
            model = model with { Detail = string.Join(" ", problem.Errors.Select(error => error.Message.In(page.Language)).DefaultIfEmpty(problem.Say.In(page.Language))) };
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(templates.Render("Html/Error", model, page), CancellationToken.None);
    }
}
