using System.Text.Json;
using Cem.Kernel.Web;
using FluentValidation;

namespace Cem.Server.Features.Customers;

/// <summary>What a caller says of an account, whichever way it comes in. A put replaces all of it.</summary>
abstract record AccountFields
{
    public required string Name { get; init; }

    /// <summary>The code of the org unit that looks after it.</summary>
    public required string OrgUnit { get; init; }

    public string? Region { get; init; }

    public string? Industry { get; init; }

    public string? Tier { get; init; }

    public bool KeyAccount { get; init; }

    /// <summary>The e-mail address of the member of staff who owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>The external id of the account above it.</summary>
    public string? Parent { get; init; }

    public IReadOnlyList<string>? Products { get; init; }

    public Money? AnnualRevenue { get; init; }

    public DateOnly? ContractStart { get; init; }

    public DateOnly? ContractEnd { get; init; }

    public DateOnly? RenewalDate { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whatever else the caller keeps: strings, numbers and booleans by name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Attributes { get; init; }
}

/// <param name="Amount">In minor units: cents, fen.</param>
/// <param name="Currency">ISO 4217.</param>
sealed record Money(long Amount, string Currency);

/// <summary>An account that brings its id along: an item of a batch, a row of a file.</summary>
sealed record AccountItem : AccountFields
{
    public required string ExternalId { get; init; }
}

sealed class AccountRules : AbstractValidator<AccountFields>
{
    const long LargestExact = 9_007_199_254_740_991;

    public AccountRules()
    {
        RuleFor(account => account.Name).NotEmpty().OneLine(200);
        RuleFor(account => account.OrgUnit).NotEmpty().MaximumLength(64);
        RuleFor(account => account.Region).OneLine(100);
        RuleFor(account => account.Industry).OneLine(100);
        RuleFor(account => account.Tier).OneLine(50);
        RuleFor(account => account.Owner).Email();
        RuleFor(account => account.Parent).MaximumLength(100);
        RuleFor(account => account.Products).FewEnough();
        RuleForEach(account => account.Products).NotEmpty().OneLine(100);
        RuleFor(account => account.Tags).FewEnough();
        RuleForEach(account => account.Tags).NotEmpty().OneLine(100);
        RuleFor(account => account.AnnualRevenue!.Amount).InclusiveBetween(0, LargestExact).When(account => account.AnnualRevenue is not null);
        RuleFor(account => account.AnnualRevenue!.Currency).Must(Currency.Knows)
            .Says("currency", ("A currency code of ISO 4217 is needed, such as CNY.", "需要 ISO 4217 货币代码，例如 CNY。"))
            .When(account => account.AnnualRevenue is not null);
        RuleFor(account => account.ContractStart).Believable();
        RuleFor(account => account.ContractEnd).Believable()
            .Must((account, end) => end is null || account.ContractStart is not { } start || end >= start)
            .Says("contract-end", ("A contract cannot end before it starts.", "合同结束日期不能早于开始日期。"));
        RuleFor(account => account.RenewalDate).Believable();
        RuleFor(account => account.Attributes).Flat();
    }
}

sealed class AccountItemRules : AbstractValidator<AccountItem>
{
    public AccountItemRules()
    {
        RuleFor(item => item.ExternalId).ExternalId();
        Include(new AccountRules());
    }
}
