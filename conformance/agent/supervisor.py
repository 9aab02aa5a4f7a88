"""Main loop of the agent: reads orders, starts and ends services, and writes reports, one JSON object a line.

Orders (each has an `id` of the harness's choosing):
    inspect  say what is installed                              -> inspected
    prepare  import framework and implementation                -> prepared | refused
    serve    fork a service and serve a scenario                -> serving | failed, at last exited
    probe    fork a service and call a function of a scenario   -> answered | raised | failed, at last exited
    script   run `python scenario.py` as a user would           -> started, at last exited
    signal   send a signal to the service's first process
    end      kill whatever is left of a service                 -> ended

Every service leads a process group of its own that is ended as one. When standard input closes, for whatever reason the
harness is gone, everything is killed and the agent ends; on Linux the kernel does the same if the agent is killed.
"""

import gc
import glob
import json
import os
import selectors
import signal
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Optional

from conformance_agent import introspection, service
from conformance_agent.service import Order

MAIN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py")
SPAWN = os.environ.get("CONFORMANCE_SPAWN") == "1" or not hasattr(os, "fork") or sys.platform == "darwin"
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
RELAYED = ("serving", "answered", "raised", "failed")  # what a service may report of itself
LONGEST_REPORT = 8 * 1024 * 1024  # bytes
MOST_REPORTS = 16  # of one service, which makes two
MOST_ROUNDS = 50  # in which what has left its group is killed, and what that one leaves behind


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the agent dies (Linux); elsewhere closing standard input does it."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Make this process the parent of what a service leaves behind, daemons in groups of their own too (Linux)."""
    if _libc is not None and os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)


def children() -> "list[int]":
    """Return the ids of this process's children, by birth or adoption; empty where the system does not tell."""
    found: list[int] = []
    for thread in glob.glob("/proc/self/task/*/children"):
        try:
            with open(thread) as listed:
                found += map(int, listed.read().split())
        except OSError:  # the thread has ended
            continue
    return found


def _load_libc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


_libc = _load_libc()


@dataclass
class Child:
    """First process of a service; `reading` is the pipe that it reports on, `process` its Popen object."""

    pid: int
    reading: int | None = None
    process: Optional["subprocess.Popen[bytes]"] = None
    pending: bytes = b""
    reported: int = 0


class Supervisor:
    """The agent's loop: takes orders, passes on reports, reaps children."""

    def __init__(self, orders: int, reports: int) -> None:
        self.orders = orders
        self.reports = reports
        self.selector = selectors.DefaultSelector()
        self.services: dict[int, Child] = {}
        self.pids: dict[int, int] = {}
        self.own: set[int] = set()  # what an import has started
        self.prepared: Order | None = None
        self.pending = b""
        self.listening = True
        self.wake, self.wake_end = os.pipe()
        for descriptor in (self.wake, self.wake_end):
            os.set_blocking(descriptor, False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self.wake_end, warn_on_full_buffer=False)
        self.selector.register(orders, selectors.EVENT_READ, self.read_orders)
        self.selector.register(self.wake, selectors.EVENT_READ, self.read_wake)

    def run(self) -> None:
        """Serve orders until standard input closes."""
        while self.listening:
            for key, _ in self.selector.select():
                key.data()

    def tell(self, **report: Any) -> None:
        data = (json.dumps(report) + "\n").encode()
        while data:
            data = data[os.write(self.reports, data) :]

    def read_orders(self) -> None:
        data = os.read(self.orders, 65536)
        if not data:
            self.listening = False
        *lines, self.pending = (self.pending + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            getattr(self, f"do_{order['do']}")(order)

    def read_wake(self) -> None:
        os.read(self.wake, 4096)
        for pid, identifier in list(self.pids.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                self.reaped(identifier, pid, status)
                self.drain(identifier)
                self.tell(id=identifier, event="exited", status=os.waitstatus_to_exitcode(status))
        for pid in self.orphans():
            os.waitpid(pid, os.WNOHANG)

    def orphans(self) -> "list[int]":
        """Return the processes that services have left behind, alive or not."""
        return [pid for pid in children() if pid not in self.pids and pid not in self.own]

    def reaped(self, identifier: int, pid: int, status: int) -> None:
        """Note that the kernel has given up the process, so that `subprocess` does not wait for it a second time."""
        del self.pids[pid]
        process = self.services[identifier].process
        if process is not None:
            process.returncode = os.waitstatus_to_exitcode(status)

    def do_inspect(self, order: Order) -> None:
        self.tell(id=order["id"], event="inspected", **introspection.inspect_environment(order))

    def do_prepare(self, order: Order) -> None:
        gc.disable()  # what is imported stays: nobody needs to look through it for garbage, again and again
        try:
            facts = introspection.prepare(order)
        except introspection.Unprepared as error:
            self.tell(id=order["id"], event="refused", kind=error.kind, message=str(error))
        except BaseException as error:  # noqa: BLE001 - the harness says what it was
            self.tell(id=order["id"], event="refused", kind="broken", message=service.description(error)["traceback"])
        else:
            self.prepared = order
            self.own = set(children())
            gc.collect()
            gc.freeze()
            gc.enable()
            self.tell(id=order["id"], event="prepared", pid=os.getpid(), **facts)

    def do_serve(self, order: Order) -> None:
        reading, writing = os.pipe()
        process = None
        if SPAWN:
            process = self.spawn(order, writing)
            pid = process.pid
        else:
            pid = os.fork()
            if pid == 0:
                os.close(reading)
                self.become(order, writing)
        os.close(writing)
        os.set_blocking(reading, False)
        self.services[order["id"]] = Child(pid, reading, process)
        self.pids[pid] = order["id"]
        self.selector.register(reading, selectors.EVENT_READ, lambda: self.relay(order["id"]))

    do_probe = do_serve

    def become(self, order: Order, writing: int) -> None:
        """In the forked child: close everything of the agent's, then live as the service."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        os.setsid()
        die_with_parent()
        self.selector.close()
        own = (self.orders, self.reports, self.wake, self.wake_end)
        for descriptor in (*own, *(child.reading for child in self.services.values())):
            if descriptor is not None:
                os.close(descriptor)
        redirect(order["output"])
        service.live(order, writing)

    def spawn(self, order: Order, writing: int) -> "subprocess.Popen[bytes]":
        """Start a service in a fresh interpreter that prepares itself, where forking is not sound."""
        os.set_inheritable(writing, True)
        command = [sys.executable, MAIN, "live", str(writing), json.dumps(self.prepared), json.dumps(order)]
        with open(order["output"], "ab") as output:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(writing,),
                start_new_session=True,
            )

    def do_script(self, order: Order) -> None:
        environment = {**os.environ, **order["environment"]}
        with open(order["output"], "ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-u", *order["command"]],
                cwd=order["folder"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.services[order["id"]] = Child(process.pid, process=process)
        self.pids[process.pid] = order["id"]
        self.tell(id=order["id"], event="started", pid=process.pid)

    def do_signal(self, order: Order) -> None:
        pid = self.services[order["id"]].pid
        if pid in self.pids:
            os.kill(pid, order["signal"])

    def do_end(self, order: Order) -> None:
        self.end(order["id"])
        self.tell(id=order["id"], event="ended")

    def end(self, identifier: int) -> None:
        """Kill a service's process group and reap its leader; processes that have ended are no error."""
        entry = self.services.get(identifier)
        if entry is None:
            return
        pid = entry.pid
        for kill in (os.killpg, os.kill) if pid in self.pids else (os.killpg,):
            try:
                kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if pid in self.pids:
            self.reaped(identifier, pid, os.waitpid(pid, 0)[1])
        self.end_orphans()
        del self.services[identifier]
        if entry.reading is not None:
            self.selector.unregister(entry.reading)
            os.close(entry.reading)

    def end_orphans(self) -> None:
        """Kill processes that have left their service's group, and what those leave behind in turn."""
        for _ in range(MOST_ROUNDS):
            orphans = self.orphans()
            for pid in orphans:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            if not orphans:
                return

    def relay(self, identifier: int) -> bool:
        """Pass on the reports of a service, each line whole, and about that service alone."""
        entry = self.services.get(identifier)
        if entry is None or entry.reading is None:
            return False
        try:
            data = os.read(entry.reading, 65536)
        except BlockingIOError:
            return False
        if not data:
            self.selector.unregister(entry.reading)
            os.close(entry.reading)
            entry.reading = None
            return False
        *lines, entry.pending = (entry.pending + data).split(b"\n")
        for line in lines:
            entry.reported += 1
            self.tell(**self.report_of(line, identifier))
        if len(entry.pending) > LONGEST_REPORT or entry.reported > MOST_REPORTS:
            self.tell(id=identifier, event="garbled", text="there is no end of it")
            self.selector.unregister(entry.reading)
            os.close(entry.reading)
            entry.reading = None
            return False
        return True

    def report_of(self, line: bytes, identifier: int) -> "dict[str, Any]":
        """Parse a line of a service's pipe as its report; the implementation may have written it too, so it is
        checked."""
        try:
            report = json.loads(line)
        except (ValueError, RecursionError):
            report = None
        if isinstance(report, dict) and report.get("event") in RELAYED:
            return {**report, "id": identifier}
        return {"id": identifier, "event": "garbled", "text": repr(line[:200])}

    def drain(self, identifier: int) -> None:
        """Pass on all that a service reported before reporting that it has ended."""
        while self.relay(identifier):
            continue


def redirect(output: str) -> None:
    """Redirect standard input from the null device, standard output and error to the file `output`."""
    nowhere = os.open(os.devnull, os.O_RDONLY)
    log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nowhere, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    for descriptor in (nowhere, log):
        os.close(descriptor)


def main() -> None:
    """Run the supervisor (`python conformance/agent`), or one spawned service (`... live FD PREPARE ORDER`)."""
    if sys.argv[1:2] == ["live"]:
        die_with_parent()
        introspection.prepare(json.loads(sys.argv[3]))
        service.live(json.loads(sys.argv[4]), int(sys.argv[2]))
    # Nothing that an import prints may be taken for a report.
    reports = os.dup(1)
    os.dup2(2, 1)
    # A handler, not SIG_IGN: that would be inherited by the scripts. The agent ends when standard input closes.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: None)
    adopt_orphans()
    supervisor = Supervisor(0, reports)
    try:
        supervisor.run()
    finally:
        for identifier in list(supervisor.services):
            supervisor.end(identifier)
