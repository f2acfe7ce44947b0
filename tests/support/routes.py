"""A small file of routes that is right, for tests that make it wrong in one way."""

GOOD = """\
schema: "1"
places:
  - { id: pond, name: Pond, group: network, hosts: [pond.example] }
routes:
  - id: pond.post
    title: Report it to Pond
    places: [pond]
    harms: [post]
    way: form
    open: https://pond.example/report
    limits: [It does not stop copies.]
    refused: [pond.letter]
    sources: [{ url: "https://pond.example/help", page: 2026-08, read: 2026-11 }]
    confidence: high
  - id: pond.letter
    title: Write to Pond
    way: email
    write: help@pond.example
    limits: [It takes a month.]
    sources: [{ url: "https://pond.example/help", page: undated, read: 2026-11 }]
    confidence: medium
helpers:
  - id: warden
    name: The warden
    summary: Anyone at the pond.
    call: "01 23 45"
    sources: [{ url: "https://pond.example/help", page: undated, read: 2026-11 }]
    confidence: medium
"""
