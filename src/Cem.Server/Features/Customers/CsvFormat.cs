using Cem.Kernel.Data;
using Cem.Kernel.Security;
using Cem.Kernel.Web;
using FluentValidation;

namespace Cem.Server.Features.Customers;

enum ImportKind
{
    Accounts,
    Contacts,
}

/// <summary>Finds the format of a kind.</summary>
sealed class CsvFormats(IValidator<AccountItem> accounts, IValidator<ContactItem> contacts, Settings settings)
{
    /// <param name="caller">In whose name the rows are put: what lies outside their org unit is refused.</param>
    public CsvFormat For(ImportKind kind, Caller caller) => kind switch
    {
        ImportKind.Accounts => new AccountsCsv(caller, accounts),
        _ => new ContactsCsv(caller, settings.Language, contacts),
    };
}

sealed class CustomersServices : IAreaServices
{
    public static void Add(IServiceCollection services) => services.AddScoped<CsvFormats>();
}

/// <summary>What a file of one kind looks like, and what becomes of its rows.</summary>
abstract class CsvFormat
{
    /// <summary>All columns it may have, those it must have first.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>How many of <see cref="Columns"/> it must have.</summary>
    public abstract int Required { get; }

    /// <summary>Reads a row: what is wrong with it, or how to put it.</summary>
    public abstract (IReadOnlyList<FieldError> Errors, Func<Tx, Written>? Put) Read(CsvRow row);

    protected static (IReadOnlyList<FieldError>, Func<Tx, Written>?) Judge<T>(CsvRow row, T item, IValidator<T> validator, Func<Tx, Written> put) =>
        row.Errors.Count > 0 ? (row.Errors, null)
        : Validation.Errors(validator, item) is { Count: > 0 } errors ? (errors, null)
        : ([], put);
}

sealed class AccountsCsv(Caller caller, IValidator<AccountItem> validator) : CsvFormat
{
    public override IReadOnlyList<string> Columns { get; } =
    [
        "externalId", "name", "orgUnit", "region", "industry", "tier", "keyAccount", "owner", "parent", "products", "annualRevenue", "currency",
        "contractStart", "contractEnd", "renewalDate", "tags",
    ];

    public override int Required => 3;

    public override (IReadOnlyList<FieldError> Errors, Func<Tx, Written>? Put) Read(CsvRow row)
    {
        var item = new AccountItem
        {
            ExternalId = row.Required("externalId"), Name = row.Required("name"), OrgUnit = row.Required("orgUnit"),
            Region = row.Text("region"), Industry = row.Text("industry"), Tier = row.Text("tier"), KeyAccount = row.Flag("keyAccount"),
            Owner = row.Text("owner"), Parent = row.Text("parent"), Products = row.Several("products"),
            AnnualRevenue = row.Whole("annualRevenue") is { } amount ? new Money(amount, row.Required("currency")) : null,
            ContractStart = row.Day("contractStart"), ContractEnd = row.Day("contractEnd"), RenewalDate = row.Day("renewalDate"),
            Tags = row.Several("tags"),
        };
        return Judge(row, item, validator, tx => AccountWriter.Put(tx, caller, item.ExternalId, item));
    }
}

sealed class ContactsCsv(Caller caller, string language, IValidator<ContactItem> validator) : CsvFormat
{
    public override IReadOnlyList<string> Columns { get; } =
    [
        "externalId", "account", "name", "role", "email", "phone", "level", "department", "language", "consent", "consentSource", "consentAt", "doNotSurvey",
    ];

    public override int Required => 4;

    public override (IReadOnlyList<FieldError> Errors, Func<Tx, Written>? Put) Read(CsvRow row)
    {
        var item = new ContactItem
        {
            ExternalId = row.Required("externalId"), Account = row.Required("account"), Name = row.Required("name"), Role = row.Choice<ContactRole>("role"),
            Email = row.Text("email"), Phone = row.Text("phone"), Level = row.Text("level"), Department = row.Text("department"),
            Language = row.Text("language"), Consent = new Consent(row.Flag("consent"), row.Text("consentSource"), row.Instant("consentAt")),
            DoNotSurvey = row.Flag("doNotSurvey"),
        };
        return Judge(row, item, validator, tx => ContactWriter.Put(tx, caller, language, item.ExternalId, item));
    }
}
