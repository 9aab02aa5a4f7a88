"""A service of somebody who means harm to the harness that judges it; each function and endpoint tries one thing."""

import fcntl
import itertools
import json
import os
import signal
import stat
import sys
import time

from flask import Flask, Response

NONCE = os.environ["SCENARIO_NONCE"]
ESCAPES = "\x1b]0;title\x07\x1b[2J\u2028\x85\r\n::error::no\n##[error]no\n"

app = Flask(__name__)
app.add_url_rule("/api/nonce", "nonce", lambda: NONCE)


@app.route("/api/endless")
def endless():
    return Response(itertools.repeat(b"x" * 65536), headers={"Content-Length": str(2**40)})


@app.route("/api/escapes")
def escapes():
    sys.stdout.write(ESCAPES)
    sys.stdout.flush()
    return Response(ESCAPES, headers={"X-Escapes": "\x1b[31m"})


def pipe():
    """The descriptor that reports are written to."""
    for name in os.listdir("/proc/self/fd"):
        descriptor = int(name)
        try:
            writes = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY
            if descriptor > 2 and writes and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                return descriptor
        except OSError:
            continue
    raise RuntimeError("there is no pipe")


def lie(lines, times=1):
    """Writes lines in place of a report."""
    for _ in range(times):
        data = lines.encode()
        while data:
            data = data[os.write(pipe(), data) :]
    return "honest"


def report_endlessly(size):
    return lie("x" * size)


def fill_output(size):
    os.truncate(1, size)
    os.write(1, b"the end of it")
    return size


def replace_output(kind, target):
    """Puts something else into the place of its own output."""
    output = os.readlink("/proc/self/fd/1")
    os.remove(output)
    if kind == "link":
        os.symlink(target, output)
    elif kind == "FIFO":
        os.mkfifo(output)
    else:
        os.mkdir(output)
    raise RuntimeError("look at my output")


def kill_agent():
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(5)


def daemonise(file):
    """Leaves a process behind that has left group and session."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            with open(file + ".part", "w") as told:
                told.write(str(os.getpid()))
            os.rename(file + ".part", file)
            time.sleep(60)
        os._exit(0)
    while not os.path.exists(file):
        time.sleep(0.01)
    return "done"


def nested(depth):
    return lie("[" * depth + "\n")


def main():
    with open(os.environ["SCENARIO_EVENTS"], "w") as events:
        events.write(json.dumps({"event": "begun"}) + "\n" + os.environ["SCENARIO_GARBAGE"] + "\n")


if __name__ == "__main__":
    main()
