using System.Text.Json;
using Cem.Kernel.Web;
using FluentValidation;

namespace Cem.Server.Features.Customers;

/// <summary>What a caller says of a person at an account, whichever way it comes in. A put replaces all of it.</summary>
abstract record ContactFields
{
    /// <summary>The external id of the account.</summary>
    public required string Account { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public required ContactRole Role { get; init; }

    public string? Level { get; init; }

    public string? Department { get; init; }

    /// <summary>zh-CN or en, also as zh or en-GB; the company's own language where nothing is said.</summary>
    public string? Language { get; init; }

    /// <summary>Whether they agreed to be asked; no where nothing is said.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Never ask them, whatever they agreed to.</summary>
    public bool DoNotSurvey { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Attributes { get; init; }
}

enum ContactRole
{
    DecisionMaker,
    Purchaser,
    Influencer,
    User,
}

/// <param name="Contact">Whether they may be contacted.</param>
/// <param name="Source">Where they said so: contract, event, web form.</param>
sealed record Consent(bool Contact, string? Source = null, DateTimeOffset? At = null);

/// <summary>A contact that brings its id along: an item of a batch, a row of a file.</summary>
sealed record ContactItem : ContactFields
{
    public required string ExternalId { get; init; }
}

sealed class ContactRules : AbstractValidator<ContactFields>
{
    public ContactRules()
    {
        RuleFor(contact => contact.Account).NotEmpty().MaximumLength(100);
        RuleFor(contact => contact.Name).NotEmpty().OneLine(200);
        RuleFor(contact => contact.Email).Email();
        RuleFor(contact => contact.Phone).OneLine(50);
        RuleFor(contact => contact.Level).OneLine(100);
        RuleFor(contact => contact.Department).OneLine(100);
        RuleFor(contact => contact.Language).Must(language => language is null || FieldRules.Language(language) is not null)
            .Says("language", ("One of these is needed: zh-CN, en.", "只能是以下之一：zh-CN、en。"));
        RuleFor(contact => contact.Consent!.Source).OneLine(100).When(contact => contact.Consent is not null);
        RuleFor(contact => contact.Attributes).Flat();
    }
}

sealed class ContactItemRules : AbstractValidator<ContactItem>
{
    public ContactItemRules()
    {
        RuleFor(item => item.ExternalId).ExternalId();
        Include(new ContactRules());
    }
}
