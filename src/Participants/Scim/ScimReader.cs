using System.Text.Json;

namespace Mentoring.Participants.Scim;

/// <summary>
/// Reads filters and paths by the grammar of RFC 7644 (figures 1 and 7), from left to right and each letter once: <c>and</c> binds closer than
/// <c>or</c>. What is nested deeper, or longer, than anybody writes is refused.
/// </summary>
internal sealed class ScimReader
{
    private const int Longest = 2_000;
    private const int Deepest = 20;
    private static readonly string[] Operators = ["eq", "ne", "co", "sw", "ew", "pr"];
    private static readonly string[] Orders = ["gt", "ge", "lt", "le"];

    private readonly string _text;
    private readonly Func<string, ScimException> _refuse;
    private int _at;
    private int _depth;

    public ScimReader(string text, Func<string, ScimException> refuse)
    {
        (_text, _refuse) = (text, refuse);
        if (text.Length > Longest)
            throw refuse($"More than {Longest} characters are not read.");
    }

    public void End()
    {
        Blanks();
        if (_at < _text.Length)
            throw Unexpected();
    }

    public ScimFilter Filter() => Any(null);

    /// <param name="allowFilter">Whether values may be chosen in brackets.</param>
    public ScimPath? Path(bool allowFilter)
    {
        Blanks();
        var (schema, name, known) = Name();
        if (name.Length == 0)
            return known && schema != ScimSchema.User ? new ScimPath(schema, null, null, null) : throw Unexpected();
        var attribute = known ? ScimSchema.Find(schema, name) : null;
        ScimFilter? filter = null;
        if (allowFilter && Take('['))
        {
            filter = Any(attribute ?? Unknown);
            Expect(']');
        }
        if (!Take('.'))
            return attribute is null ? null : new ScimPath(schema, attribute, filter, null);
        var part = Word();
        if (part.Length == 0)
            throw Unexpected();
        return attribute?.Part(part) is { } found ? new ScimPath(schema, attribute, filter, found) : null;
    }

    private static readonly ScimAttribute Unknown = new("", "");

    /// <param name="owner">Inside of brackets: whose parts are named.</param>
    private ScimFilter Any(ScimAttribute? owner)
    {
        if (++_depth > Deepest)
            throw _refuse($"More than {Deepest} levels are not read.");
        var left = All(owner);
        while (Keyword("or"))
            left = new ScimFilter.Or(left, All(owner));
        _depth--;
        return left;
    }

    private ScimFilter All(ScimAttribute? owner)
    {
        var left = One(owner);
        while (Keyword("and"))
            left = new ScimFilter.And(left, One(owner));
        return left;
    }

    private ScimFilter One(ScimAttribute? owner)
    {
        Blanks();
        if (Take('('))
            return Closed(owner);
        var start = _at;
        if (Keyword("not"))
        {
            Blanks();
            if (Take('('))
                return new ScimFilter.Not(Closed(owner));
            // An attribute may be called so.
            _at = start;
        }
        var path = owner is null ? Path(allowFilter: false) : PartOf(owner);
        if (owner is null && Take('['))
        {
            var inner = Any(path?.Attribute ?? Unknown);
            Expect(']');
            return new ScimFilter.Has(path, inner);
        }
        Blanks();
        var name = Word().ToLowerInvariant();
        if (Orders.Contains(name))
            throw _refuse($"'{name}' is not offered here; eq, ne, co, sw, ew and pr are.");
        if (!Operators.Contains(name))
            throw Unexpected();
        if (name == "pr")
            return new ScimFilter.Test(path, name, null);
        Blanks();
        var value = Value();
        if (value is not string && name is not ("eq" or "ne"))
            throw _refuse($"'{name}' compares text: a value in quotes.");
        return new ScimFilter.Test(path, name, value);
    }

    private ScimFilter Closed(ScimAttribute? owner)
    {
        var inner = Any(owner);
        Expect(')');
        return inner;
    }

    private ScimPath? PartOf(ScimAttribute owner)
    {
        var part = Word();
        if (part.Length == 0)
            throw Unexpected();
        return owner.Part(part) is { } found ? new ScimPath("", owner, null, found) : null;
    }

    /// <summary>A schema's name in front of an attribute's ends with the last colon; one of an extension may stand alone.</summary>
    private (string Schema, string Name, bool Known) Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_' or '$' or ':' || (_text[_at] == '.' && InSchema(start))))
            _at++;
        var whole = _text[start.._at];
        if (ScimSchema.Attributes.Keys.FirstOrDefault(schema => string.Equals(schema, whole, StringComparison.OrdinalIgnoreCase)) is { } alone)
            return (alone, "", true);
        var colon = whole.LastIndexOf(':');
        if (colon < 0)
            return (ScimSchema.User, whole, true);
        var named = ScimSchema.Attributes.Keys.FirstOrDefault(schema => string.Equals(schema, whole[..colon], StringComparison.OrdinalIgnoreCase));
        return named is null ? ("", whole, false) : (named, whole[(colon + 1)..], true);
    }

    /// <summary>A dot belongs to a schema's version where a digit follows, and to the attribute where a letter does.</summary>
    private bool InSchema(int start) =>
        _text.AsSpan(start).StartsWith("urn:", StringComparison.OrdinalIgnoreCase) && _at + 1 < _text.Length && char.IsAsciiDigit(_text[_at + 1]);

    private string Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_' or '$'))
            _at++;
        return _text[start.._at];
    }

    private object? Value()
    {
        var start = _at;
        if (_at < _text.Length && _text[_at] == '"')
        {
            _at++;
            while (_at < _text.Length && _text[_at] != '"')
                _at += _text[_at] == '\\' ? 2 : 1;
            if (_at >= _text.Length)
                throw _refuse("A quote is never closed.");
            _at++;
            try
            {
                return JsonSerializer.Deserialize<string>(_text[start.._at]) is { } text && !text.Contains('\0', StringComparison.Ordinal)
                    ? text
                    : throw _refuse("Nothing here holds a NUL character.");
            }
            catch (JsonException)
            {
                throw _refuse("A text in quotes is written as in JSON.");
            }
        }
        var word = Word().ToLowerInvariant();
        return word switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            // A number: nothing here that is filtered by is one, so as text it equals nothing else.
            { Length: > 0 } when word.All(char.IsAsciiDigit) => word,
            _ => throw _refuse("A value is a text in quotes, true, false or null."),
        };
    }

    private bool Keyword(string word)
    {
        Blanks();
        if (!_text.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return false;
        var after = _at + word.Length;
        if (after < _text.Length && _text[after] is not (' ' or '('))
            return false;
        _at = after;
        return true;
    }

    private void Blanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private bool Take(char letter)
    {
        if (_at >= _text.Length || _text[_at] != letter)
            return false;
        _at++;
        return true;
    }

    private void Expect(char letter)
    {
        Blanks();
        if (!Take(letter))
            throw Unexpected();
    }

    private ScimException Unexpected() =>
        _refuse(_at < _text.Length ? $"'{_text[_at]}' at {_at + 1} is not expected there." : "It ends too early.");
}
