"""Reads calendars with python3-icalendar or python3-vobject; what recurs is counted out by dateutil, as both leave it to it.

Each line of the file is {ics, from, to}, times in Unix seconds. Says for each which instances begin from `from` to before `to`, as "start" or
"start/end", or after an exclamation mark why there is none; at the end how long it took.
"""

import datetime
import json
import logging
import sys
import time

from dateutil import rrule

UTC = datetime.timezone.utc
MOST = 20000


def seconds(moment, owner=UTC):
    if not isinstance(moment, datetime.datetime):
        moment = datetime.datetime(moment.year, moment.month, moment.day)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=owner)
    return int(moment.astimezone(UTC).timestamp())


def with_icalendar(ics):
    import icalendar

    calendar = icalendar.Calendar.from_ical(ics)
    events = list(calendar.walk("VEVENT"))
    replaced = {seconds(event["RECURRENCE-ID"].dt) for event in events if "RECURRENCE-ID" in event}
    for event in events:
        start = event["DTSTART"].dt
        length = event["DTEND"].dt - start if "DTEND" in event else event["DURATION"].dt if "DURATION" in event else datetime.timedelta()
        if "DTEND" in event and isinstance(start, datetime.datetime):
            length = datetime.timedelta(seconds=seconds(event["DTEND"].dt) - seconds(start))
        if "RECURRENCE-ID" in event or not ("RRULE" in event or "RDATE" in event):
            yield seconds(start), seconds(start) + int(length.total_seconds())
            continue
        zone = getattr(start, "tzinfo", None)

        def clock(moment):
            if not isinstance(moment, datetime.datetime):
                return datetime.datetime(moment.year, moment.month, moment.day)
            return (moment.astimezone(zone) if zone and moment.tzinfo else moment).replace(tzinfo=None)

        def listed(name):
            given = event.get(name, [])
            for one in given if isinstance(given, list) else [given]:
                yield from (clock(entry.dt) for entry in one.dts)

        instances = rrule.rruleset()
        if "RRULE" in event:
            rule = event["RRULE"]
            if "UNTIL" in rule:
                rule["UNTIL"] = [clock(rule["UNTIL"][0])]
            instances.rrule(rrule.rrulestr(rule.to_ical().decode(), dtstart=clock(start)))
        for moment in listed("RDATE"):
            instances.rdate(moment)
        for moment in listed("EXDATE"):
            instances.exdate(moment)
        for moment in instances:
            at = seconds(zone.localize(moment) if hasattr(zone, "localize") else moment.replace(tzinfo=zone))
            if at not in replaced:
                yield at, at + int(length.total_seconds())


def with_vobject(ics):
    import vobject

    calendar = vobject.readOne(ics)
    events = calendar.contents.get("vevent", [])
    replaced = {seconds(event.recurrence_id.value) for event in events if hasattr(event, "recurrence_id")}
    for event in events:
        start = event.dtstart.value
        length = int(event.duration.value.total_seconds()) if hasattr(event, "duration") else seconds(event.dtend.value) - seconds(start) if hasattr(event, "dtend") else 0
        instances = None if hasattr(event, "recurrence_id") else event.getrruleset(addRDate=True)
        if instances is None:
            yield seconds(start), seconds(start) + length
            continue
        for moment in instances:
            if seconds(moment) not in replaced:
                yield seconds(moment), seconds(moment) + length


def answer(read, line):
    found = []
    passed = 0
    for at, end in read(line["ics"]):
        passed += 1
        if at >= line["to"] or passed > MOST:
            break
        if line["from"] <= at < line["to"]:
            found.append(f"{at}/{end}" if line.get("ends") else f"{at}")
    return " ".join(sorted(found))


def main():
    read = {"icalendar": with_icalendar, "vobject": with_vobject}[sys.argv[1]]
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    # vobject tells of what it cannot read, and goes on without it.
    logging.disable(logging.CRITICAL)
    answers = []
    began = time.process_time()
    for line in lines:
        try:
            answers.append(answer(read, line))
        # Whatever a library throws is its answer here.
        except Exception as error:  # noqa: BLE001
            answers.append("!" + f"{type(error).__name__}: {error}".replace("\n", " "))
    spent = time.process_time() - began
    print("\n".join(answers))
    print(f"cpu {spent:.2f}")


main()
