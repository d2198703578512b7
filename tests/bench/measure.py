#!/usr/bin/env python3
"""Measures commands against each other in one run.

Usage: measure.py ROUNDS, with a line "NAME COMMAND…" per command on standard input; the first is
what the others are compared with. Each round runs every command once, so that whatever else the
machine is doing falls on all of them. Prints medians: seconds, their ratio to the first command,
seconds of processor time, peak resident memory (of which this program itself, from which each is
started, is the least that can be seen). A {round} in a command is the round's number.
"""

import os
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{shlex.join(command)}: failed\n{words.decode(errors='replace')[:4000]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    rounds = int(sys.argv[1])
    commands = dict(line.split(maxsplit=1) for line in sys.stdin if line.strip())
    figures = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            figures[name].append(run(shlex.split(command.replace("{round}", str(number)))))
    print(f"{'':12}{'seconds':>10}{'ratio':>8}{'cpu':>8}{'ratio':>8}{'MB':>8}")
    first = None
    for name, samples in figures.items():
        seconds, cpu, memory = (statistics.median(column) for column in zip(*samples))
        first = first or (seconds, cpu)
        print(
            f"{name:12}{seconds:10.3f}{seconds / first[0]:8.2f}"
            f"{cpu:8.3f}{cpu / first[1]:8.2f}{memory:8.1f}"
        )


if __name__ == "__main__":
    main()
