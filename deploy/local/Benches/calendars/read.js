// Reads calendars with ical.js: each line of the file is { ics, from, to }, times in Unix seconds. Says for each which instances begin from `from` to
// before `to`, as "start" or "start/end", or after an exclamation mark why there is none; at the end how long it took.
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import ICAL from 'ical.js';

const MOST = 20000;
const PATIENCE = 10000;
const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line));

function instants({ ics, from, to, ends }) {
    ICAL.TimezoneService.reset();
    const calendar = new ICAL.Component(ICAL.parse(ics));
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    const found = [];
    const take = (start, end) => {
        const at = start.toUnixTime();
        if (at >= from && at < to) found.push(ends ? `${at}/${end.toUnixTime()}` : `${at}`);
    };
    const events = calendar.getAllSubcomponents('vevent');
    for (const component of events.filter(event => !event.hasProperty('recurrence-id'))) {
        const uid = component.getFirstPropertyValue('uid');
        const exceptions = events.filter(event => event.hasProperty('recurrence-id') && event.getFirstPropertyValue('uid') === uid);
        const event = new ICAL.Event(component, { exceptions: exceptions.map(exception => new ICAL.Event(exception)) });
        if (!event.isRecurring()) {
            take(event.startDate, event.endDate);
            continue;
        }
        const walk = event.iterator();
        for (let passed = 0, next; (next = walk.next()) && passed < MOST; passed++) {
            if (next.toUnixTime() >= to) break;
            const { startDate, endDate } = event.getOccurrenceDetails(next);
            take(startDate, endDate);
        }
    }
    return found.sort().join(' ');
}

// Some rules are never done there; a script may be interrupted, a function may not.
const script = new Script('instantsOf(line)');
globalThis.instantsOf = instants;

const began = process.cpuUsage();
const answers = lines.map(line => {
    try {
        globalThis.line = line;
        return script.runInThisContext({ timeout: PATIENCE });
    } catch (error) {
        return `!${error.message.replaceAll('\n', ' ')}`;
    }
});
const { user, system } = process.cpuUsage(began);
console.log(answers.join('\n'));
console.log(`cpu ${((user + system) / 1e6).toFixed(2)}`);
