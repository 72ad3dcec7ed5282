using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cem.Kernel.Html;
using Microsoft.Extensions.Primitives;

namespace Cem.Tests.Kernel.Html;

public sealed class FormTests
{
    const string Texts = """
        {
          "field.name": { "en": "Name", "zh-CN": "名称" },
          "field.name.hint": { "en": "As in the contract", "zh-CN": "与合同一致" },
          "field.kind": { "en": "Kind", "zh-CN": "类型" }
        }
        """;

    static readonly Option[] Kinds = [new("a", "A"), new("b", "<B>"), new("c", "C", Disabled: true)];

    static IElement Draw(string field, Form form) =>
        new HtmlParser().ParseDocument(Pages.Render("{{" + field + "}}", new { Form = form, Kinds }, texts: Texts)).QuerySelector(".field")!;

    [Test]
    public void A_field_has_a_label_a_hint_an_error_and_the_value_as_typed()
    {
        var field = Draw("field form \"name\" required=true maxlength=200", Form.Of(("name", "\"><b>")).With(new FormError("Name", "Too short")));
        var input = (IHtmlInputElement)field.QuerySelector("input")!;
        Assert.Multiple(() =>
        {
            Assert.That(input.Value, Is.EqualTo("\"><b>"));
            Assert.That(field.QuerySelector("label")!.GetAttribute("for"), Is.EqualTo(input.Id).And.EqualTo("f-name"));
            Assert.That(field.QuerySelector("label")!.TextContent, Is.EqualTo("Name"));
            Assert.That(input.GetAttribute("aria-describedby"), Is.EqualTo("f-name-error f-name-hint"));
            Assert.That(input.GetAttribute("aria-invalid"), Is.EqualTo("true"));
            Assert.That(input.HasAttribute("required"), Is.True);
            Assert.That(input.GetAttribute("maxlength"), Is.EqualTo("200"));
            Assert.That(field.QuerySelector("#f-name-error")!.TextContent, Is.EqualTo("Too short"));
            Assert.That(field.QuerySelector("#f-name-hint")!.TextContent, Is.EqualTo("As in the contract"));
        });
    }

    [Test]
    public void A_field_that_is_not_required_says_so() =>
        Assert.That(Draw("field form \"name\"", Form.Empty).QuerySelector("label")!.TextContent, Is.EqualTo("Name optional"));

    [Test]
    public void A_select_marks_its_value()
    {
        var select = (IHtmlSelectElement)Draw("field form \"kind\" type=\"select\" options=kinds", Form.Of(("kind", "b"))).QuerySelector("select")!;
        Assert.That(select.SelectedOptions.Single().TextContent, Is.EqualTo("<B>"));
        Assert.That(select.Options[2].IsDisabled, Is.True);
    }

    [Test]
    public void Check_boxes_mark_all_their_values_and_the_first_carries_the_id_of_the_field()
    {
        var boxes = Draw("field form \"kind\" type=\"checkboxes\" options=kinds", Form.Of(("kind", new[] { "a", "c" }))).QuerySelectorAll<IHtmlInputElement>("input").ToList();
        Assert.That(boxes.Select(b => b.IsChecked), Is.EqualTo(new[] { true, false, true }));
        Assert.That(boxes.Select(b => b.Id), Is.EqualTo(new[] { "f-kind", "f-kind-1", "f-kind-2" }));
        Assert.That(boxes.Select(b => b.Name), Is.All.EqualTo("kind"));
    }

    [Test]
    public void A_text_area_keeps_leading_line_breaks() =>
        Assert.That(((IHtmlTextAreaElement)Draw("field form \"name\" type=\"textarea\"", Form.Of(("name", "\na</textarea>"))).QuerySelector("textarea")!).DefaultValue, Is.EqualTo("\na</textarea>"));

    [Test]
    public void A_password_is_never_sent_back() =>
        Assert.That(Draw("field form \"name\" type=\"password\"", Form.Of(("name", "secret"))).OuterHtml, Does.Not.Contain("secret"));

    [TestCase("field form \"other\"", "other")]
    [TestCase("field form \"name\" type=\"slider\"", "slider")]
    [TestCase("field form \"name\" onclick=\"x\"", "onclick")]
    [TestCase("field kinds \"name\"", "Form")]
    [TestCase("field form \"kind\" type=\"select\" options=form", "Option")]
    public void A_field_refuses_what_it_does_not_know(string field, string reason) =>
        Assert.That(() => Draw(field, Form.Empty), Throws.TypeOf<TemplateException>().With.Message.Contains(reason));

    [Test]
    public void Stored_values_are_written_as_inputs_want_them()
    {
        var form = Form.Of(("day", new DateOnly(2026, 3, 4)), ("share", 0.5), ("yes", true), ("none", null), ("list", new[] { 1, 2 }));
        Assert.That(new[] { "day", "share", "yes", "none", "list", "absent" }.Select(form.Value), Is.EqualTo(new[] { "2026-03-04", "0.5", "true", "", "1", "" }));
        Assert.That(form.Values("LIST"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void A_posted_form_is_shown_again_with_its_errors_in_order()
    {
        var form = Form.Posted([new("a", new StringValues(["1", "2"])), new("b", StringValues.Empty)])
            .With(new FormError("a", "first")).With(new FormError("a", "second"), new FormError("", "whole"));
        Assert.That(form.Values("a"), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(form.Error("A"), Is.EqualTo("first"));
        Assert.That(form.Errors.Select(e => e.Href), Is.EqualTo(new[] { "#f-a", "#f-a", "#content" }));
    }
}
