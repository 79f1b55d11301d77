using Mentoring.Matching.Tests;
using Mentoring.Testing;

[assembly: AssemblyFixture(typeof(MatchingFactory))]

namespace Mentoring.Matching.Tests;

/// <summary>The Matching service on real servers.</summary>
public sealed class MatchingFactory() : ServiceFactory<MatchingDb>("matching");
