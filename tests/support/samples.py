"""A small checklist that is right, and ways to make it wrong."""

from __future__ import annotations

from pathlib import Path

from privacyaudit.catalogue import loading, strictyaml

POND = """\
schema: "2"
platform:
  id: pond
  name: Pond
  group: social
  hosts: [pond.example]
  help_hosts: [help.pond.example]
  sign_in: { open: "https://pond.example/in" }
  signed_in: { open: "https://pond.example/settings", find: { field: mail }, on_every_page: { field: leave } }
  sign_out: { open: "https://pond.example/out", press: { role: button, name: [Sign out] } }
  notice: A pretend pond with pretend terms.
screens:
  - { id: settings, title: Settings, web: "https://pond.example/settings", menu: [Settings] }
  - { id: habits, title: Your phone }
checks:
  - id: pond.profile
    aliases: [pond.old-profile]
    title: Strangers cannot see your profile
    area: visibility
    severity: high
    essential: true
    question: Who can see your profile?
    why: Learners look people up.
    guidance: [guide-1]
    screen: settings
    row: { name: Profile, web: "https://pond.example/settings#profile" }
    options:
      - { id: friends, label: Friends, verdict: pass }
      - { id: everyone, label: Everyone, verdict: { default: fail, councillor: choice } }
      - { id: none, label: I have no profile, verdict: not_applicable }
    default: everyone
    fix: [Open Settings., Choose Friends.]
    sources: [{ url: "https://help.pond.example/profile", page: 2026-08, read: 2026-11 }]
    confidence: high
    probes:
      - kind: web
        open: "https://pond.example/settings"
        find: { field: visible }
        take: checked
        means: { "true": everyone, "false": friends }
      - { kind: json, open: "https://pond.example/settings", reply: /api/me, path: seen, means: { all: everyone } }
  - id: pond.mail
    title: Strangers cannot write to you
    area: contact
    severity: medium
    minutes: 2
    question: Can strangers write to you?
    why: Learners may write to you in private.
    screen: settings
    row: Mail
    options:
      - { id: "off", label: Not ticked, verdict: pass }
      - { id: "on", label: Ticked, verdict: fail }
    fix: [Untick the box.]
    confidence: low
  - id: pond.tags
    title: You see a tag before others do
    area: tagging
    severity: low
    question: Do you review tags first?
    why: A picture with your name on it stays.
    screen: habits
    options:
      - { id: review, label: I review them, verdict: pass }
      - { id: open, label: They show at once, verdict: choice }
    fix: [Turn review on.]
    confidence: low
"""


OLD = """\
schema: "1"
platform:
  id: pond
  name: Pond
  group: social
  hosts: [pond.example]
  notice: A pretend pond.
checks:
  - id: pond.profile
    title: Strangers cannot see your profile
    area: visibility
    severity: high
    question: Who can see your profile?
    why: Learners look people up.
    where:
      web: https://pond.example/settings
      menu: [Settings, Privacy, Profile]
    options:
      - { id: friends, label: Friends, verdict: pass }
      - { id: everyone, label: Everyone, verdict: fail }
    fix: [Choose Friends.]
    confidence: low
  - id: pond.mail
    title: Strangers cannot write to you
    area: contact
    severity: medium
    question: Can strangers write to you?
    why: Learners may write to you in private.
    where: { web: "https://pond.example/settings", menu: [Settings, Privacy, Mail] }
    options: [{ id: "off", label: "Off", verdict: pass }, { id: "on", label: "On", verdict: fail }]
    fix: [Turn it off.]
    confidence: low
  - id: pond.tags
    title: You see a tag before others do
    area: tagging
    severity: low
    question: Do you review tags first?
    why: A picture with your name on it stays.
    options: [{ id: "yes", label: "Yes", verdict: pass }, { id: "no", label: "No", verdict: choice }]
    fix: [Turn review on.]
    confidence: low
"""
"""A checklist of schema 1, in which each check says itself where it is."""


def alter(*changes: tuple[str, str], text: str = POND) -> str:
    """Return the text with each first piece, which must be there, replaced by the second."""
    for old, new in changes:
        assert old in text, f"not in the sample: {old!r}"
        text = text.replace(old, new)
    return text


def on_any_site(default: str | None = "https://pond.example") -> str:
    """Return the checklist for a platform without one address."""
    site = 'site: { ask: "Which pond?"' + (f', default: "{default}"' if default else "") + " }"
    return alter(
        ("https://pond.example", "{site}"),
        ("hosts: [pond.example]", f'hosts: ["{{site}}"]\n  {site}'),
        ("help_hosts: [help.pond.example]", 'help_hosts: ["{site}", help.pond.example]'),
    )


def load(text: str = POND, path: str = "pond.yaml") -> loading.Loaded:
    """Read a checklist from a text."""
    parsed = strictyaml.parse(text, path)
    whole = loading.checklist(parsed, Path(path))
    return loading.Loaded(whole, Path(path), "0" * 64, "built-in", parsed, loading.old_part(parsed))
