#!/usr/bin/env python3
"""What vekha writes is what other readers read: PyYAML (YAML 1.1), the core schema of 1.2, JSON.

Usage: yaml_readers.py PROGRAM    (build/tests/real/yaml_values)
"""
import json
import os
import random
import re
import subprocess
import sys

import yaml

CORE = re.compile(
    r"null|Null|NULL|~|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|")
PIECES = ["0", "1", "7", "12", "2022", "-", "+", ".", ":", "_", "e", "E", "x", "o", "b", "T", " ", "  ", "\n", "\t", "#", ",", "[", "]", "{", "}",
          "&", "*", "!", "|", ">", "'", '"', "%", "@", "`", "?", "=", "<<", "~", "\\", "/", "yes", "No", "on", "null", "true", ".inf", ".nan", "я",
          "план", "№", "«", "\u00a0", "\x85", "\u2028", "\u2029", "\ufeff", "\x7f", "\x1b", "\U0001f642", "--", "---", "...", "\r", "a", "Z", "30"]
GOLDEN = "tests/golden"


def values():
    random.seed(500)
    yield from PIECES
    yield from ["27.03", "16.30", "14:00", "2023", "09:30", "10-15.10.2022", "2022-03-29", "1e5", "0o17", "017", "1_0", "190:20:30.5"]
    for _ in range(20000):
        yield "".join(random.choice(PIECES) for _ in range(random.randint(1, 6)))


def check_scalars(program):
    wanted = list(dict.fromkeys(values()))
    data = "\0".join(wanted).encode() + b"\0"
    written = subprocess.run([program], input=data, stdout=subprocess.PIPE, check=True).stdout.decode()
    loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])
    for loader in loaders:
        read = yaml.load(written, loader)
        assert len(read) == len(wanted), loader
        for value, (flow, block) in zip(wanted, read):
            for got in flow + block:
                assert got == value and isinstance(got, str), f"{loader.__name__}: {got!r}, not {value!r}"
    node = yaml.compose(written, yaml.SafeLoader)
    n_plain = 0
    for value, item in zip(wanted, node.value):
        scalars = [scalar for part in item.value for scalar in part.value]
        for scalar in scalars:
            if scalar.style is None:
                n_plain += 1
                assert not CORE.fullmatch(value), f"the core schema takes {value!r} for another type"
        double = item.value[0].value[3]
        text = written[double.start_mark.index:double.end_mark.index]
        assert json.loads(text) == value, f"JSON reads {text!r}"
    assert n_plain > 1000
    return len(wanted)


def check_golden():
    """Each golden result that PyYAML could read before is read after."""
    n_read = 0
    for name in sorted(os.listdir(GOLDEN)):
        paths = [os.path.join(GOLDEN, name, part) for part in ("before.yaml", "after.yaml")]
        if not os.path.exists(paths[1]):
            continue
        try:
            yaml.safe_load(open(paths[0], "rb").read())
        except yaml.YAMLError:
            continue  # a tab, where PyYAML is stricter
        yaml.safe_load(open(paths[1], "rb").read())
        n_read += 1
    assert n_read > 50
    return n_read


if __name__ == "__main__":
    print(f"{check_scalars(sys.argv[1])} values in six styles, {check_golden()} golden results: the same to every reader")
