using Mentoring.Demonstration;

// The journey against the running platform. `--pairs N`: how many pairs of the second wave go on to meet (40).
var platform = Platform.Read(Environment.GetEnvironmentVariable("PLATFORM_FILE") ?? Path.Combine(".local", "platform.json"));
var pairs = args is ["--pairs", var given] && int.TryParse(given, out var number) && number is > 2 and < 200 ? number : 40;
using var api = new Api(platform);
return await Transcript.Of((await Journey.Begin(api, pairs)).Steps, Console.Out) ? 0 : 1;
