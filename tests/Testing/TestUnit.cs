namespace Mentoring.Testing;

/// <summary>A business unit of one test: nothing another test does can be seen in it.</summary>
public sealed record TestUnit(Guid Id, string Slug)
{
    public static TestUnit New()
    {
        var id = Guid.CreateVersion7();
        return new TestUnit(id, $"unit-{id:N}"[..30]);
    }

    /// <summary>An address in this unit: <c>unit.At("sessions")</c>.</summary>
    public Uri At(string path) => new($"/api/v1/units/{Slug}/{path}", UriKind.Relative);
}
