namespace Mentoring.Participants.Tests.Imports;

public sealed class ReportingBadRows(ParticipantsService service)
{
    private const string Header = "externalId,givenName,familyName,managerExternalId,email\n";

    [Theory]
    // Where a comma stands for decimals a spreadsheet splits at semicolons, and some split at tabs and bars.
    [InlineData("x;=cmd|' /c calc'!a0;y", "x;'=cmd|' /c calc'!a0;y")]
    [InlineData("x;@sum(1);-1|+2", "x;'@sum(1);'-1|'+2")]
    [InlineData("x; =1", "x; '=1")]
    [InlineData("x\t=1", "x\t'=1")]
    [InlineData("\"x,=1\"", "x,'=1")]
    [InlineData("\"x\n=1\"", "x\n'=1")]
    [InlineData("\"x;\"\"=1\"\"\"", "x;\"'=1\"")]
    [InlineData("＝1;＋2;－3;＠4", "'＝1;'＋2;'－3;'＠4")]
    [InlineData("=1", "'=1")]
    // And what only looks like it stays as it was sent.
    [InlineData("a-b=c;d+e@", "a-b=c;d+e@")]
    public async Task No_cell_begins_a_formula_wherever_a_spreadsheet_splits(string sent, string reported)
    {
        var unit = await service.AnOrganisation();

        var import = await unit.Import("people", $"{Header}1,Ann,Boss,,{sent}\n");

        using var client = unit.Admin;
        var report = await client.GetStringAsync(unit.Unit.At($"people/imports/{import.Id}/errors"));
        var cell = report[(report.IndexOf(",not-an-address,", StringComparison.Ordinal) + ",not-an-address,".Length)..report.LastIndexOf(",This", StringComparison.Ordinal)];
        Assert.Equal(reported, cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell);
    }
}
