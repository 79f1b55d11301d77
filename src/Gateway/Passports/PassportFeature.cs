namespace Mentoring.Gateway.Passports;

/// <summary>The Authorization header that replaces the caller's.</summary>
internal sealed record PassportFeature(string Header);
