namespace Mentoring.Gateway.Limits;

/// <summary>
/// The scripts Redis runs. Each answers an array of strings. The time is Redis's own: all gateways then count by one clock.
/// </summary>
internal static class Scripts
{
    /// <summary>
    /// The cached membership, and one request taken from the limits of the person and, if the cached membership is of that unit, of the unit; either
    /// both or none. A stranger costs a unit nothing, and the one request every 30 s that finds no cached membership is not counted to the unit.
    ///
    /// The limit is the generic cell rate algorithm (ITU-T I.371, as in Brandur Leach's "Rate limiting, cells, and GCRA"): a key holds the time at
    /// which the whole allowance is there again. Each request moves it by window/limit; it may lie at most one window ahead.
    /// Keys: membership, person's limit, unit's limit. Arguments: how the unit stands in the membership or '', the two limits a minute.
    /// Values: membership, then for person and unit each: remaining, milliseconds until whole, milliseconds until the next one is admitted (0: admitted).
    /// </summary>
    public const string Admit = Weigh + """

        local membership = redis.call('GET', KEYS[1])
        local limits = { weigh(KEYS[2], tonumber(ARGV[2])) }
        if ARGV[1] ~= '' and membership and string.find(membership, ARGV[1], 1, true) then
          limits[2] = weigh(KEYS[3], tonumber(ARGV[3]))
        end
        return take(limits, { membership or '' })
        """;

    /// <summary>
    /// One request taken from the limits of a link and of all links together; both or none.
    /// Keys: link's limit, all links' limit. Arguments: the two limits a minute. Values: an empty one, then as above.
    /// </summary>
    public const string AdmitLink = Weigh + """

        return take({ weigh(KEYS[1], tonumber(ARGV[1])), weigh(KEYS[2], tonumber(ARGV[2])) }, { '' })
        """;

    /// <summary>One look-up taken from the limit of all together. Keys: the limit. Arguments: it, a minute. Values: an empty one, then as above.</summary>
    public const string AdmitLookUp = Weigh + """

        return take({ weigh(KEYS[1], tonumber(ARGV[1])) }, { '' })
        """;

    private const string Weigh = """
        local window = 60000
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000

        local function weigh(key, limit)
          local cost = window / limit
          local before = math.max(tonumber(redis.call('GET', key) or 0), now)
          local after = before + cost
          local wait = after - now - window
          if wait > 0 then
            return { key = key, wait = wait, whole = before - now, remaining = 0 }
          end
          return { key = key, wait = 0, after = after, whole = after - now, remaining = math.floor((window - (after - now)) / cost + 0.0001) }
        end

        local function take(limits, answer)
          local admitted = true
          for _, limit in ipairs(limits) do admitted = admitted and limit.wait == 0 end
          for _, limit in ipairs(limits) do
            if admitted then
              redis.call('SET', limit.key, string.format('%.3f', limit.after), 'PX', math.ceil(limit.whole))
            end
            answer[#answer + 1] = tostring(limit.remaining)
            answer[#answer + 1] = tostring(math.ceil(limit.whole))
            answer[#answer + 1] = tostring(math.ceil(limit.wait))
          end
          return answer
        end
        """;

    /// <summary>The cached membership alone.</summary>
    public const string Look = "return { redis.call('GET', KEYS[1]) or '' }";

    /// <summary>Keeps a membership unless it has just changed. Arguments: the membership, milliseconds.</summary>
    public const string Remember = """
        if redis.call('GET', KEYS[1]) ~= '-' then
          redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        end
        return {}
        """;

    /// <summary>Puts a mark in the place of a membership.</summary>
    public const string Forget = """
        redis.call('SET', KEYS[1], '-', 'PX', 2000)
        return {}
        """;
}
