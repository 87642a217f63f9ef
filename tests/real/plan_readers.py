"""plan_readers.py PROGRAM FOLDER: what PyYAML reads from the plans, and what the program lists as JSON, must be the same.

Before and after marks with difficult notes: the texts of a note are those that YAML readers disagree on.
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

NOTES = ["27.03", "16.30", "14:00", "2023", "No", "да", "=", "<<", "~", "null", "1e3", "0x1F", "0o17", "1_000", "on", "y",
         "- список", "a: b", "a #b", "#a", "'a'", '"a"', "&a", "*a", "!a", "%a", "@a", "`a`", "{a}", "[a]", "a,b", "?", ":",
         " край", "край ", "две\nстроки", "таб\tтаб", "2022-03-29", "\\", "a\\n", "---", "...", "«ёлки» — №\u00a05", "\u0085",
         "\u2028", "\ufeff", "я" * 3000]
KEYS = ["no", "title", "when", "result", "status", "done", "by", "evidence", "note", "id"]


class Texts(yaml.SafeLoader):
    """Every plain scalar is a text: the format says that the source text counts, never its YAML type."""


Texts.yaml_implicit_resolvers = {}


def events_of(node):
    for event in node.get("events") or []:
        yield event
    for section in node.get("sections") or []:
        yield from events_of(section)


def read_plan(path, loader=Texts):
    return list(events_of(yaml.load(path.read_text(encoding="utf-8-sig"), Loader=loader)))


def compare(program, path):
    done = subprocess.run([program, "list", str(path), "--format", "json"], capture_output=True, check=True)
    ours = json.loads(done.stdout)
    theirs = read_plan(path)
    assert len(ours) == len(theirs), f"{path}: {len(ours)} events, PyYAML has {len(theirs)}"
    for mine, other in zip(ours, theirs):
        for key in KEYS:
            if key in other:
                assert mine.get(key) == other[key], f"{path}: {key}: {mine.get(key)!r}, PyYAML has {other[key]!r}"
        parties = other.get("responsible") or []
        parties = [parties] if isinstance(parties, str) else parties
        assert mine.get("responsible", []) == parties, f"{path}: {mine.get('responsible')!r}, {parties!r}"
    return len(ours)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    n_events = sum(compare(program, path) for path in sorted(folder.glob("*.yaml")))
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "plan.yaml"
        shutil.copy(folder / "megion-2021.yaml", path)
        for note in NOTES:
            subprocess.run([program, "set", str(path), "5", "done", "--note", note], capture_output=True, check=True)
            event = next(e for e in read_plan(path) if e.get("no") == "5")
            assert event["note"] == note, f"{note!r} is read as {event['note']!r}"
            typed = next(e for e in read_plan(path, yaml.SafeLoader) if e.get("no", e.get(False)) == 5)
            assert typed["note"] == note, f"with types {note!r} is read as {typed['note']!r}"
            compare(program, path)
    print(f"  {n_events} events and {len(NOTES)} notes read alike")


if __name__ == "__main__":
    main()
