using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Cem.Kernel.Html.Helpers;

/// <summary>A helper's work: a string, which is escaped, or <see cref="SafeHtml"/>, or any value for another helper.</summary>
delegate object? Helper(in HelperCall call);

/// <summary>All helpers a template may call, each also as <c>(subexpression)</c>.</summary>
static class HelperList
{
    static readonly HashSet<string> WithoutArguments = ["token", "here", "accentCss", "mailAccent"];

    public static void Register(IHandlebars environment, HelperSite site)
    {
        foreach (var (name, helper) in Formatting.All.Concat(Logic.All).Concat(Linking.All(site)).Concat(Wording.All(site)).Concat(Components.All(site)).Concat(MailStyles.All))
            environment.RegisterHelper(new Descriptor(name, helper));
    }

    sealed class Descriptor(string name, Helper helper) : IHelperDescriptor<HelperOptions>
    {
        public PathInfo Name { get; } = PathInfo.Parse(name);

        readonly ChainSegment _property = ChainSegment.Create(name);

        public object Invoke(in HelperOptions options, in Context context, in Arguments arguments) =>
            arguments.Length == 0 && !WithoutArguments.Contains(name)
                ? Property(context)
                : helper(new HelperCall(name, TemplateEngine.PageOf(options.Data), arguments))!;

        public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
            output.Write(Invoke(options, context, arguments));

        // A bare {{date}} is the model's own date.
        object Property(in Context context) => context[_property] switch
        {
            UndefinedBindingResult => throw new ArgumentException($"{name} is undefined"),
            var value => value!
        };
    }
}
