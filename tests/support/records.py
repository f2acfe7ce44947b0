"""Audit records of any size, from small checklists made in code: the same call gives the same record.

For tests and the bench. The texts are as long as those of the real checklists, and none is about a real platform.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

from privacyaudit.catalogue import loading
from privacyaudit.catalogue.loading import Catalogue, Loaded
from privacyaudit.catalogue.strictyaml import Text
from privacyaudit.model import (
    Area,
    AuditRecord,
    Check,
    Checklist,
    Count,
    Earlier,
    Finding,
    Flag,
    Guidance,
    Observation,
    PlatformRecord,
    Reason,
    Refusals,
    Role,
    SignedOut,
    Verdict,
    tally,
)
from privacyaudit.report.view import CalendarFile, View, build

STARTED = datetime(2026, 11, 22, 10, 2, tzinfo=UTC)
FINISHED = datetime(2026, 11, 22, 10, 14, tzinfo=UTC)
SPRING = datetime(2026, 3, 3, 10, 14, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ROLE = Role(
    id="teacher",
    name="Teacher",
    summary="You work with learners and their families.",
    signposts=("Your union can advise you.", "Your school has a social media policy: ask for it."),
)
GUIDE = Guidance.model_validate(
    {
        "schema": "1",
        "id": "guide",
        "title": "A pretend guide",
        "publisher": "A pretend council",
        "published": "2026",
        "audience": "People who work with learners",
        "clauses": [
            {
                "id": f"guide-{number}-{area.replace('_', '-')}",
                "text": f"Keep your own control over “{area}”, and look at it again now and then.",
                "area": area,
                "wants": ["check"],
            }
            for number, area in enumerate(Area, 1)
        ],
    }
)
CALENDAR = b"\r\n".join(
    (
        *(b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//pretend//EN", b"BEGIN:VEVENT", b"UID:1"),
        *(b"DTSTAMP:20261122T101400Z", b"SUMMARY:Personal admin", b"DTSTART:20270222T170000"),
        *(b"RRULE:FREQ=MONTHLY;INTERVAL=3", b"END:VEVENT", b"END:VCALENDAR", b""),
    )
)
MIXED = (
    *(Verdict.FAIL, Verdict.PASS, Verdict.PASS, Verdict.UNKNOWN, Verdict.PASS, Verdict.CHOICE, Verdict.PASS),
    *(Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.ACCEPTED, Verdict.PASS, Verdict.FAIL),
)
LONG = ("facebook", "instagram", "whatsapp", "tiktok", "everyday")
"""The platforms of the long record, in the order in which they were asked for."""
_SUBJECTS = {
    Area.TAGGING: ("tag you in a photo", "Who can tag you in a photo or a post?", "Who can tag you"),
    Area.VISIBILITY: ("see your older posts", "Who can see the posts from before this year?", "Limit past posts"),
    Area.CONTACT: ("send you a message", "Who can send you a message?", "Message requests"),
    Area.LOGOUT: ("use your open sessions", "On which devices are you signed in?", "Where you're logged in"),
    Area.PASSWORDS: ("guess their way in", "Is a second step needed to sign in?", "Two-factor authentication"),
    Area.DEVICES: ("pick up your phone and read", "After how long does your phone lock itself?", "Screen lock"),
    Area.APPS: ("read along through an app", "Which apps may read your account?", "Apps and websites"),
    Area.LOCATION: ("see where you are", "Does a post carry the place where you are?", "Location services"),
    Area.IDENTITY: ("find you by your number", "Who can look you up by your phone number?", "How people find you"),
    Area.ADS: ("follow you across other sites", "May partners send data about you?", "Activity from partners"),
    Area.CONDUCT: ("pass your jokes on", "Who can share what you post with their own friends?", "Sharing"),
    Area.WORK_ACCOUNT: ("mix up you and your school", "Is the work account apart from your own?", "Accounts"),
}


def check(platform: str, number: int, where: dict[str, Any] | None = None, **changes: Any) -> Check:
    """Make the check number (from 0) of a platform; `changes` replace keys as they would stand in YAML.

    `where` is the whole way to it on each device.
    """
    area = list(Area)[number % len(Area)]
    does, question, menu = _SUBJECTS[area]
    home = f"https://{platform}.example"
    made: dict[str, Any] = {
        "id": f"{platform}.{area.replace('_', '-')}-{number}",
        "title": f"Strangers cannot {does} ({number + 1})",
        "area": area,
        "severity": ("medium", "high", "low")[number % 3],
        "essential": number % 4 == 0,
        "minutes": 1 + number % 3,
        "question": question,
        "why": "A learner or a parent who looks for you finds this first, and can show it to people you do not know.",
        "guidance": [GUIDE.clauses[(number + step) % len(Area)].id for step in (0, 1)],
        "screen": "settings",
        "row": {
            "web": f"{home}/settings/{area}#row-{number}",
            "menu": ["Settings", "Privacy", menu],
            "ios": ["Profile", "Menu", "Privacy", menu] if number % 5 == 0 else None,
            "android": ["Profile", "Menu", "Privacy", menu] if number % 5 == 0 else None,
        },
        "options": [
            {"id": "friends", "label": "Friends", "verdict": "pass"},
            {"id": "everyone", "label": "Everyone", "verdict": "fail"},
            {"id": "followers", "label": "People you follow", "verdict": "choice"},
            {"id": "none", "label": "I do not have this", "verdict": "not_applicable"},
        ],
        "default": "everyone",
        "fix": [f"Open Settings, choose “Privacy” and then “{menu}”.", "Choose “Friends”.", "Press “Save changes”."],
        "caution": "People who follow you now stay. Look through the list first." if number % 6 == 0 else None,
        "sources": [{"url": f"{home}/help/{number}", "page": "2026-08", "read": "2026-11"}],
        "confidence": ("high", "medium", "high")[number % 3],
    }
    return Check.model_validate(made | changes | ({} if where is None else {"row": where or None}))


def checklist(
    platform: str, count: int, checks: Sequence[Check] = (), screens: Sequence[dict[str, Any]] = (), **changes: Any
) -> Checklist:
    """Make the checklist of a platform with `count` checks, or with those that are given, on one screen or on several.

    `changes` replace keys of the platform.
    """
    made = {
        "id": platform,
        "name": platform.capitalize(),
        "group": "social",
        "hosts": [f"{platform}.example"],
        "notice": "The terms of this pretend platform say nothing.",
        "links": {"sessions": f"https://{platform}.example/sessions"},
        "limits": [f"{platform.capitalize()} does not say who has saved your pictures."],
    }
    return Checklist.model_validate(
        {
            "schema": "2",
            "platform": made | changes,
            "screens": list(screens) or [{"id": "settings", "title": "Settings"}],
            "checks": [one.model_dump(mode="json") for one in checks or [check(platform, n) for n in range(count)]],
        }
    )


def catalogue(*checklists: Checklist) -> Catalogue:
    """Make a catalogue of checklists, as if each had been read from a file."""
    return Catalogue({one.platform.id: loaded(one) for one in checklists}, (ROLE,))


def loaded(one: Checklist) -> Loaded:
    """Dress a checklist up as one that was read from a file."""
    digest = sha256(one.model_dump_json().encode()).hexdigest()
    return Loaded(one, Path(f"{one.platform.id}.yaml"), digest, "built-in", Text({}, {}))


def finding(one: Check, verdict: Verdict, number: int = 0, **changes: Any) -> Finding:
    """Make a finding of a check; `number` picks the reason of an unknown one and the reader.

    The option is the first that has the verdict (for an accepted one, that fails). Where a check has none, its first
    option is taken, with the verdict of that.
    """
    wanted = Verdict.FAIL if verdict is Verdict.ACCEPTED else verdict
    chosen = next((o for o in one.options if o.verdict_for(ROLE.id) is wanted), one.options[0])
    if verdict is not Verdict.UNKNOWN and chosen.verdict_for(ROLE.id) is not wanted:
        verdict = chosen.verdict_for(ROLE.id)
    reason = list(Reason)[number % len(Reason)] if verdict is Verdict.UNKNOWN else None
    option = None if reason else chosen.id
    reader = ("ask", "web", "answers")[number % 3]
    made: dict[str, Any] = {
        "check": one.id,
        "revision": one.revision,
        "verdict": verdict,
        "option": option,
        "reason": reason,
        "until": date(2027, 3, 3) if verdict is Verdict.ACCEPTED else None,
        "observations": (
            Observation.model_validate({"reader": reader, "option": option, "reason": reason, "at": FINISHED}),
        ),
    }
    return Finding.model_validate(made | changes)


def audit(known: Catalogue, verdicts: Iterable[Verdict] = MIXED, **changes: Any) -> AuditRecord:
    """Make the record of an audit over a whole catalogue; the verdicts are dealt out in turn.

    With no verdicts the record has no findings.
    """
    dealt = list(verdicts)
    checks = [one for entry in known.loaded.values() for one in entry.checklist.checks]
    pairs = zip(checks, cycle(dealt), strict=False) if dealt else ()
    findings = tuple(finding(one, verdict, number) for number, (one, verdict) in enumerate(pairs))
    made: dict[str, Any] = {
        "version": "0.1.0",
        "id": sha256(str(len(findings)).encode()).hexdigest()[:32],
        "started": STARTED,
        "finished": FINISHED,
        "role": ROLE.id,
        "platforms": tuple(platform(entry) for entry in known.loaded.values()),
        "findings": findings,
    }
    made |= changes
    made.setdefault("summary", tally(made["findings"]))
    return AuditRecord.model_validate(made)


def platform(entry: Loaded, **changes: Any) -> PlatformRecord:
    """Make the part of a record that is about one platform."""
    site = entry.checklist.platform.site
    made = {
        "platform": entry.checklist.platform.id,
        "site": site.default if site else None,
        "checklist_sha256": entry.sha256,
        "origin": entry.origin,
    }
    return PlatformRecord.model_validate(made | changes)


def sized(findings: int, checks_each: int = 30) -> tuple[AuditRecord, Catalogue]:
    """Make a record with this many findings, and its catalogue: as many platforms as that takes."""
    lists = []
    for number in range(-(-findings // checks_each)):
        count = min(checks_each, findings - number * checks_each)
        lists.append(checklist(f"platform{number}", count))
    known = catalogue(*lists)
    return audit(known), known


def example() -> tuple[AuditRecord, Catalogue]:
    """Make a record as a person might have it: four platforms, two read in a browser, every verdict and every flag."""
    photos = checklist("photobook", 12)
    wiki = checklist(
        "commons",
        7,
        site={"ask": "Which wiki?", "default": "https://commons.example"},
        hosts=["{site}"],
        links={"sessions": "{site}/sessions"},
        limits=(),
    )
    chat = checklist("chatter", 5, links={}, limits=("Chatter keeps messages that were deleted for 30 days.",))
    habits = checklist("habits", 6, group="practice", hosts=[], links={}, name="Everyday habits", limits=())
    known = catalogue(photos, wiki, chat, habits)
    plain = audit(known)
    findings = list(plain.findings)
    findings[0] = finding(
        photos.checks[0],
        Verdict.FAIL,
        flags=(Flag.PAGE_OVER_PERSON, Flag.LOW_CONFIDENCE, Flag.OLD_FACTS),
        observations=(
            Observation(reader="ask", option="friends", at=STARTED),
            Observation(reader="web", option="everyone", at=FINISHED),
        ),
    )
    return (
        audit(
            known,
            findings=tuple(findings),
            finished=FINISHED + timedelta(minutes=1),
            platforms=(
                platform(
                    known.loaded["photobook"],
                    browser=True,
                    refused=Refusals(count=3, hosts=("ads.example", "tracker.example")),
                    signed_out=SignedOut.CONFIRMED,
                ),
                platform(known.loaded["commons"], browser=True, signed_out=SignedOut.NOT_CONFIRMED),
                platform(known.loaded["chatter"]),
                platform(known.loaded["habits"]),
            ),
        ),
        known,
    )


def changed(one: Check, number: int = 0) -> Finding:
    """Make a finding of a check that the person put right during the audit."""
    seen = Observation(reader="ask", option="friends", changed_from="everyone", at=FINISHED)
    return finding(one, Verdict.PASS, number, observations=(seen,))


def long(changes: int = 45, checks: int = 153) -> tuple[AuditRecord, Catalogue]:
    """Make the record of a teacher who has much to change, of real checklists: five platforms, every verdict."""
    real = loading.catalogue()
    known = Catalogue({name: real.loaded[name] for name in LONG}, real.roles)
    asked = [one for entry in known.loaded.values() for one in entry.checklist.checks][:checks]
    failing = [one for one in asked if Verdict.FAIL in _possible(one)]
    chosen = {one.id for one in failing[:: len(failing) // changes][:changes]}
    rest = cycle((Verdict.PASS, Verdict.UNKNOWN, Verdict.CHOICE, *[Verdict.PASS] * 4, Verdict.NOT_APPLICABLE))
    findings = []
    for number, one in enumerate(asked):
        wanted = Verdict.FAIL if one.id in chosen else next(rest)
        made = finding(one, wanted if wanted in _possible(one) else Verdict.PASS, number)
        if made.reason is Reason.STOPPED:  # an audit that was finished has reached everything
            made = made.model_copy(update={"reason": Reason.SKIPPED})
        findings.append(made)
    return audit(known, findings=tuple(findings)), known


def _possible(one: Check) -> set[Verdict]:
    return {Verdict.UNKNOWN, *(option.verdict_for(ROLE.id) for option in one.options)}


def whole() -> tuple[View, Catalogue]:
    """Show the example as a second audit: with what was decided, what grew too old, and a calendar file."""
    record, known = example()
    findings = list(record.findings)
    chosen = {verdict: [n for n, one in enumerate(findings) if one.verdict is verdict] for verdict in Verdict}
    planned = {"planned": date(2026, 12, 24)}
    old = {"reason": Reason.EXPIRED, "earlier": Earlier(option="everyone", on=SPRING.date())}
    over = {"until": date(2026, 11, 21)}
    for number, changes in (
        (chosen[Verdict.FAIL][1], planned),
        (chosen[Verdict.UNKNOWN][0], old),
        (chosen[Verdict.ACCEPTED][0], over),
    ):
        findings[number] = findings[number].model_copy(update=changes)
    record = record.model_copy(update={"findings": tuple(findings)})
    before = earlier(record)
    view = build(
        record,
        known,
        [GUIDE],
        TODAY,
        ["privacy-audit-2026-11-22-1014.html", "privacy-audit-2026-11-22-1014.json"],
        before=before,
        over_time=counts(before, record),
        calendar=CalendarFile("look-again-2026-11-22-1014.ics", CALENDAR),
    )
    return view, known


def earlier(record: AuditRecord, **changes: Any) -> AuditRecord:
    """Make the audit of the spring before a record: of the same checks with other verdicts, one fewer and one more."""
    turned = (
        *(Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL, Verdict.CHOICE, Verdict.PASS),
        *(Verdict.FAIL, Verdict.NOT_APPLICABLE, Verdict.ACCEPTED, Verdict.PASS),
    )
    options = {
        Verdict.PASS: "friends",
        Verdict.FAIL: "everyone",
        Verdict.ACCEPTED: "everyone",
        Verdict.CHOICE: "followers",
        Verdict.NOT_APPLICABLE: "none",
    }
    findings = [
        Finding(
            check=one.check,
            revision=one.revision,
            verdict=verdict,
            option=options.get(verdict),
            reason=Reason.NOT_FOUND if verdict is Verdict.UNKNOWN else None,
        )
        for one, verdict in zip(record.findings[1:], cycle(turned), strict=False)
    ]
    findings.append(findings[0].model_copy(update={"check": f"{findings[0].check.split('.')[0]}.gone"}))
    made = {"id": "e" * 32, "started": SPRING, "finished": SPRING, "findings": tuple(findings), "stopped": False}
    return record.model_copy(update=made | {"summary": tally(findings)} | changes)


def counts(*audits: AuditRecord) -> tuple[Count, ...]:
    """Return how each audit came out."""
    return tuple(Count(finished=one.finished, summary=one.summary) for one in audits)
