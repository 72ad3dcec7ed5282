using System.Text;
using System.Text.Json;
using Cem.Contracts.Customers;
using Cem.Kernel.Security;
using Cem.Tests.Samples;
using Cem.Tests.Testing;

namespace Cem.Tests.Features.Customers.ImportCustomers;

public sealed class ImportCustomersTests
{
    [Test]
    public async Task The_sample_company_goes_in_and_going_in_again_changes_nothing()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        foreach (var line in File.ReadLines(Path.Combine(SampleFiles.Folder, "org-units.csv")).Skip(1).Select(line => line.Split(',')))
            await (await api.PutAsync($"/api/v1/org-units/{line[0]}", World.Raw(JsonSerializer.Serialize(new { name = line[1], parent = line[2].Length > 0 ? line[2] : null, kind = line[3] })))).Json();

        var accounts = await api.Import("accounts", await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, "accounts.csv")));
        var contacts = await api.Import("contacts", await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, "contacts.csv")));
        var told = host.Told<AccountChanged>() + host.Told<ContactChanged>();
        var again = await api.Import("accounts", await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, "accounts.csv")));
        var contactsAgain = await api.Import("contacts", await File.ReadAllBytesAsync(Path.Combine(SampleFiles.Folder, "contacts.csv")));

        Assert.That(accounts.Counts(), Is.EqualTo((240, 240, 0, 0, 0)), accounts.GetRawText());
        Assert.That(contacts.Counts(), Is.EqualTo((1389, 1389, 0, 0, 0)), contacts.GetRawText());
        Assert.That(again.Counts(), Is.EqualTo((240, 0, 0, 240, 0)));
        Assert.That(contactsAgain.Counts(), Is.EqualTo((1389, 0, 0, 1389, 0)));
        Assert.That(host.Told<AccountChanged>() + host.Told<ContactChanged>(), Is.EqualTo(told));
        Assert.That((await api.Got("/api/v1/accounts/acct-001")).GetProperty("annualRevenue").GetProperty("amount").GetInt64(), Is.EqualTo(270580000));
    }

    [TestCase("GB18030")]
    [TestCase("utf-8")]
    [TestCase("utf-16")]
    public async Task Chinese_arrives_whatever_encoding_the_spreadsheet_wrote(string encoding)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var named = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var report = await api.Import("accounts", [.. named.GetPreamble(), .. named.GetBytes("externalId,name,orgUnit\r\na1,栎图集团有限公司,hq\r\n")]);

        Assert.That(report.Counts(), Is.EqualTo((1, 1, 0, 0, 0)), report.GetRawText());
        Assert.That((await api.Got("/api/v1/accounts/a1")).GetProperty("name").GetString(), Is.EqualTo("栎图集团有限公司"));
    }

    [Test]
    public async Task Refused_rows_are_reported_with_line_field_and_reason_and_the_others_taken()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();

        var report = await api.Import("accounts", """
            externalId,name,orgUnit,keyAccount,annualRevenue,currency,contractStart,contractEnd,parent
            good,"Two
            lines, no",hq,,,,,,
            a1,Fine,hq,yes,100,CNY,2026-01-01,2026-12-31,
            a2,,nowhere,perhaps,1.5,,2026-13-01,,
            a3,Name,nowhere,,,,,,
            a4,Name,hq,,5,RMB,2026-02-01,2026-01-01,
            a5,Name,hq
            a6,Na"me,hq,,,,,,
            a7,Child,hq,,,,,,a8
            a8,Parent,hq,,,,,,
            a9,Orphan,hq,,,,,,nobody
            """);

        var rejections = report.GetProperty("rejections").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("line")} {entry.GetProperty("field").GetString()} {entry.GetProperty("code").GetString()}");
        Assert.That(report.Counts(), Is.EqualTo((10, 3, 0, 0, 7)), report.GetRawText());
        Assert.That(rejections, Is.EqualTo(new[]
        {
            "2 name control-character",
            "5 name missing", "5 keyAccount boolean", "5 annualRevenue number", "5 contractStart date",
            "6 orgUnit org-unit-not-found",
            "7 currency currency", "7 contractEnd contract-end",
            "8  columns",
            "9  quotes",
            "12 parent parent-not-found",
        }));
        Assert.That((await api.Got("/api/v1/accounts/a7")).GetProperty("parent").GetString(), Is.EqualTo("a8"));
    }

    [Test]
    public async Task Contacts_are_refused_by_their_own_columns()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("acct-1");

        var report = await api.Import("contacts", """
            externalId,account,name,email,phone,role,level,department,language,consent,consentSource,consentAt,doNotSurvey
            c1,acct-1,罗洋,luo@example.com,+86 1000,decisionMaker,,,zh,true,contract,2023-01-20T16:11:00+08:00,否
            c2,acct-1,X,nobody,,boss,,,fr,true,,2023-01-20T16:11:00,
            c3,acct-1,X,nobody,,user,,,fr,,,,
            c4,nobody,X,,,user,,,,,,,
            """);

        Assert.That(report.Counts(), Is.EqualTo((4, 1, 0, 0, 3)), report.GetRawText());
        Assert.That(report.GetProperty("rejections").EnumerateArray().Select(entry => $"{entry.GetProperty("line")} {entry.GetProperty("field").GetString()}"),
            Is.EqualTo(new[] { "3 role", "3 consentAt", "4 email", "4 language", "5 account" }));
        Assert.That((await api.Got("/api/v1/contacts/c1")).GetProperty("phone").GetString(), Is.EqualTo("+86 1000"));
    }

    [TestCase("", "empty-file", null)]
    [TestCase("externalId,name\n", "missing-column", "orgUnit")]
    [TestCase("externalId,name,orgUnit,colour\n", "unknown-column", "colour")]
    [TestCase("externalId,name,orgUnit,NAME\n", "doubled-column", "name")]
    public async Task A_file_of_other_columns_is_refused_whole(string csv, string code, string? pointer)
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);

        var answer = await api.PostAsync("/api/v1/accounts:import", World.Csv(Encoding.UTF8.GetBytes(csv)));

        await answer.IsProblem(422, code, pointer);
    }

    [Test]
    public async Task A_quotation_that_never_ends_stops_the_import_where_it_begins_and_keeps_what_came_before()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var csv = new StringBuilder("externalId,name,orgUnit\na1,One,hq\na2,\"Two,hq\n");
        for (var i = 0; i < 10_000; i++)
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"b{i},Name,hq\n");

        var report = await api.Import("accounts", csv.ToString());

        Assert.That(report.GetProperty("state").GetString(), Is.EqualTo("failed"));
        Assert.That(report.GetProperty("reason").GetString(), Does.Contain("line 3"));
        Assert.That(report.Counts(), Is.EqualTo((1, 1, 0, 0, 0)));
    }

    [Test]
    public async Task Only_csv_is_taken()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);

        await (await api.PostAsync("/api/v1/accounts:import", World.Raw("{}"))).IsProblem(415, "media-type");
    }

    [Test]
    public async Task More_than_one_chunk_is_taken_and_of_many_refused_rows_a_hundred_are_told()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        var lines = Enumerable.Range(0, 2_500).Select(i => i % 2 == 0 ? $"a{i},Name,hq" : $"a{i},,hq");

        var report = await api.Import("accounts", "externalId,name,orgUnit\n" + string.Join('\n', lines));

        Assert.That(report.Counts(), Is.EqualTo((2500, 1250, 0, 0, 1250)));
        Assert.That(report.GetProperty("rejections").GetArrayLength(), Is.EqualTo(100));
    }

    [Test]
    public async Task A_key_bound_to_a_branch_imports_there_and_nowhere_else()
    {
        await using var host = await CemHost.Run();
        var api = await host.WithKey(Scopes.CustomersWrite);
        await api.PlantTree();
        await api.PutAccount("western", "west");
        var bound = await host.WithBoundKey("east", Scopes.CustomersWrite);

        var report = await bound.Import("accounts", "externalId,name,orgUnit\neastern,E,shanghai\nnew,N,west\nwestern,Mine,east\n");

        Assert.That(report.Counts(), Is.EqualTo((3, 1, 0, 0, 2)));
        Assert.That(report.GetProperty("rejections").EnumerateArray().Select(entry => entry.GetProperty("code").GetString()), Is.EqualTo(new[] { "org-unit-not-found", "account-not-found" }));
    }
}
