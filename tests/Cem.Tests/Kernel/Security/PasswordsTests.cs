using System.Globalization;
using System.Text;
using Cem.Kernel.Security;

namespace Cem.Tests.Kernel.Security;

public sealed class PasswordsTests
{
    static readonly Passwords Quick = new(new PasswordStrength(100));

    [Test]
    public void Passwords_are_kept_with_at_least_210_000_rounds_of_their_own_salt()
    {
        var passwords = new Passwords(PasswordStrength.Default);

        var parts = passwords.Hash("correct horse battery").Split(':');

        Assert.That(parts[0], Is.EqualTo("pbkdf2-sha512"));
        Assert.That(int.Parse(parts[1], CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(PasswordStrength.LeastRounds));
        Assert.That(Convert.FromBase64String(parts[2]), Has.Length.EqualTo(16).And.Some.Not.EqualTo(0));
        Assert.That(passwords.Check("correct horse battery", string.Join(':', parts)), Is.EqualTo(PasswordCheck.Right));
    }

    /// <summary>Computed with Python: hashlib.pbkdf2_hmac('sha512', b'correct horse battery', b'0123456789abcdef', 1000).</summary>
    [Test]
    public void A_hash_made_by_other_software_is_understood() =>
        Assert.That(Quick.Check("correct horse battery", "pbkdf2-sha512:1000:MDEyMzQ1Njc4OWFiY2RlZg==:7F/Y1rnWXXurLCfFvAmyjyXtbABhgzBTBNcm//wlnvGBOz7OExlgRFs5qwaY5PzB3/WjR7P4yv/ACDQZpDXIfQ=="), Is.EqualTo(PasswordCheck.Right));

    [Test]
    public void The_same_password_makes_another_hash_each_time() =>
        Assert.That(Quick.Hash("correct horse battery"), Is.Not.EqualTo(Quick.Hash("correct horse battery")));

    [TestCase("correct horse batterz")]
    [TestCase("correct horse battery ")]
    [TestCase("")]
    public void Another_password_is_wrong(string other) =>
        Assert.That(Quick.Check(other, Quick.Hash("correct horse battery")), Is.EqualTo(PasswordCheck.Wrong));

    [Test]
    public void Nobodys_password_is_always_wrong() =>
        Assert.That(Quick.Check("correct horse battery", null), Is.EqualTo(PasswordCheck.Wrong));

    [Test]
    public void A_hash_of_fewer_rounds_is_right_but_weak() =>
        Assert.That(new Passwords(new PasswordStrength(200)).Check("correct horse battery", Quick.Hash("correct horse battery")), Is.EqualTo(PasswordCheck.RightButWeak));

    [Test]
    public void The_same_letters_composed_in_another_way_are_the_same_password()
    {
        var composed = "Zoë wohnt in Köln".Normalize(NormalizationForm.FormC);

        Assert.That(Quick.Check(composed.Normalize(NormalizationForm.FormD), Quick.Hash(composed)), Is.EqualTo(PasswordCheck.Right));
    }

    [Test]
    public void Half_a_character_is_no_reason_to_fail() =>
        Assert.That(Quick.Check("\ud83d password", Quick.Hash("correct horse battery")), Is.EqualTo(PasswordCheck.Wrong));
}
