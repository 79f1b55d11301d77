using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Mentoring.Participants.People;
using Microsoft.EntityFrameworkCore;

namespace Mentoring.Participants.Scim;

/// <summary>Somebody with the account that a provider may have of them.</summary>
internal sealed class ScimRow
{
    public required Person Person { get; init; }

    public ProvisionedAccount? Account { get; init; }
}

/// <summary>Looks users up: everybody here but guests, and whoever has left as long as a provider has an account of them.</summary>
internal static class ScimQuery
{
    public static IQueryable<ScimRow> Users(ParticipantsDb db) =>
        from person in db.People
        join held in db.ProvisionedAccounts on person.Id equals held.PersonId into accounts
        from account in accounts.DefaultIfEmpty()
        where !person.IsGuest && (!person.Gone || account != null)
        select new ScimRow { Person = person, Account = account };

    /// <summary>Those who are called so; one at most, but for a moment of two changes at once.</summary>
    public static Task<IQueryable<ScimRow>> Called(string userName, ParticipantsDb db, CancellationToken ct) =>
        Where(Users(db), new ScimFilter.Test(new ScimPath(ScimSchema.User, ScimSchema.Find(ScimSchema.User, "userName"), null, null), "eq", userName), db, ct);

    /// <summary>Those who fulfil a filter, compared without regard to case but for what is exact.</summary>
    public static async Task<IQueryable<ScimRow>> Where(IQueryable<ScimRow> users, ScimFilter filter, ParticipantsDb db, CancellationToken ct)
    {
        if (await Candidates(filter, db, ct) is { } few)
            users = users.Where(row => few.Contains(row.Person.Id));
        return users.Where(Condition(filter, null));
    }

    /// <summary>
    /// What providers ask for each user that they are about to write, found by indexes: who has one user name or one id of theirs. Null: it takes
    /// a look at everybody.
    /// </summary>
    private static async Task<List<Guid>?> Candidates(ScimFilter filter, ParticipantsDb db, CancellationToken ct)
    {
        switch (filter)
        {
            case ScimFilter.And both:
                return await Candidates(both.Left, db, ct) ?? await Candidates(both.Right, db, ct);
            case ScimFilter.Test { Operator: "eq", Path: { Attribute: { } attribute, Part: null }, Value: string value }:
                var key = ProvisionedAccount.KeyOf(value);
                string[] keys = [key];
                Guid? id = Guid.TryParse(value, out var parsed) ? parsed : null;
                switch (attribute.Name)
                {
                    case "userName":
                        var named = await db.ProvisionedAccounts.Where(account => account.UserNameKey == key).Select(account => account.PersonId).ToListAsync(ct);
                        // Whoever has no account yet: by address, and those who have none by number, whatever its case; both by the index of addresses.
                        named.AddRange(await db.People.Where(person => person.Email == key && !person.Gone).Select(person => person.Id).ToListAsync(ct));
                        named.AddRange(await db.People.Where(person => person.Email == null && !person.Gone && keys.Contains(person.ExternalId!.ToLower())).Select(person => person.Id).ToListAsync(ct));
                        if (id is { } own)
                            named.Add(own);
                        return named;
                    case "externalId":
                        return await db.ProvisionedAccounts.Where(account => account.ExternalId == value).Select(account => account.PersonId).ToListAsync(ct);
                    case "id":
                        return id is null ? [] : await db.ProvisionedAccounts.Where(account => account.Id == id).Select(account => account.PersonId).ToListAsync(ct) is { Count: > 0 } held
                            ? held
                            : [id.Value];
                }
                break;
        }
        return null;
    }

    /// <param name="filter">All of it, or what stands in brackets.</param>
    /// <param name="owner">Whose brackets they are.</param>
    private static Expression<Func<ScimRow, bool>> Condition(ScimFilter filter, string? owner) => filter switch
    {
        ScimFilter.And both => Join(Condition(both.Left, owner), Condition(both.Right, owner), Expression.AndAlso),
        ScimFilter.Or either => Join(Condition(either.Left, owner), Condition(either.Right, owner), Expression.OrElse),
        ScimFilter.Not not => Negate(Condition(not.Inner, owner)),
        ScimFilter.Has has => has.Path is { Attribute: { IsMany: true } many } ? Condition(has.Inner, many.Name) : row => false,
        ScimFilter.Test test => Compare(test),
        _ => throw new InvalidOperationException($"No rule for {filter}."),
    };

    private static Expression<Func<ScimRow, bool>> Compare(ScimFilter.Test test)
    {
        if (test.Path is not { Attribute: { } attribute } path)
            return test is { Operator: "ne" } or { Operator: "eq", Value: null } ? row => true : row => false;
        var name = path.Part is { } part ? $"{attribute.Name}.{part.Name}" : attribute.Name;
        if (name == "active")
        {
            return (test.Operator, test.Value) switch
            {
                ("eq", bool truth) => row => row.Person.Gone != truth,
                ("ne", bool truth) => row => row.Person.Gone == truth,
                ("pr", _) => row => true,
                _ => throw new ScimException(ScimRefusal.InvalidFilter("'active' is compared with true or false.")),
            };
        }
        var exact = (path.Part ?? attribute).IsCaseExact;
        if (TextOf(name) is not { } text)
            throw new ScimException(ScimRefusal.InvalidFilter($"'{name}' cannot be filtered by."));
        return Text(text, test.Operator, test.Value switch { bool truth => truth ? "true" : "false", string value => exact ? value : value.ToLowerInvariant(), _ => null });
    }

    /// <summary>The attribute as text, in lower case where case does not count. Null: not offered.</summary>
    private static Expression<Func<ScimRow, string?>>? TextOf(string name) => name switch
    {
        "id" => row => (row.Account != null ? row.Account.Id : row.Person.Id).ToString(),
        "userName" => row => row.Account != null ? row.Account.UserNameKey : row.Person.Email ?? (row.Person.ExternalId ?? row.Person.Id.ToString()).ToLower(),
        "externalId" => row => row.Account != null ? row.Account.ExternalId : null,
        "name.givenName" => row => row.Person.GivenName.ToLower(),
        "name.familyName" => row => row.Person.FamilyName.ToLower(),
        "name.formatted" or "displayName" => row => (row.Person.GivenName + " " + row.Person.FamilyName).ToLower(),
        "title" => row => row.Person.Title!.ToLower(),
        "timezone" => row => row.Person.TimeZone.ToLower(),
        "emails" or "emails.value" => row => row.Person.Email,
        "emails.type" => row => row.Person.Email == null ? null : "work",
        "emails.primary" => row => row.Person.Email == null ? null : "true",
        "addresses.locality" => row => row.Person.Location!.ToLower(),
        "addresses.type" => row => row.Person.Location == null ? null : "work",
        "addresses.primary" => row => row.Person.Location == null ? null : "true",
        "employeeNumber" => row => row.Person.ExternalId,
        "department" => row => row.Person.UnitPath.ToLower(),
        _ => null,
    };

    private static Expression<Func<ScimRow, bool>> Text(Expression<Func<ScimRow, string?>> text, string comparison, string? value)
    {
        Expression<Func<string?, bool>> condition = comparison switch
        {
            "pr" => found => found != null && found != "",
            "eq" => found => found == value,
            "ne" => found => found != value,
            "co" => found => found != null && found.Contains(value!),
            "sw" => found => found != null && found.StartsWith(value!),
            _ => found => found != null && found.EndsWith(value!),
        };
        var body = new Replacing(condition.Parameters[0], text.Body).Visit(condition.Body);
        return Expression.Lambda<Func<ScimRow, bool>>(body, text.Parameters);
    }

    private static Expression<Func<ScimRow, bool>> Join(
        Expression<Func<ScimRow, bool>> left, Expression<Func<ScimRow, bool>> right, Func<Expression, Expression, Expression> join) =>
        Expression.Lambda<Func<ScimRow, bool>>(join(left.Body, new Replacing(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    private static Expression<Func<ScimRow, bool>> Negate(Expression<Func<ScimRow, bool>> inner) =>
        Expression.Lambda<Func<ScimRow, bool>>(Expression.Not(inner.Body), inner.Parameters);

    private sealed class Replacing(Expression what, Expression by) : ExpressionVisitor
    {
        [return: NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node) => node == what ? by : base.Visit(node);
    }
}
