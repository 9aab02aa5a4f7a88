"""A service for attacks, by hand: `open` lets each work, `bounded` answers all alike, `refusing` nothing but its nonce.

Run as `attacked_service.py KIND PORT NONCE SECRET EVENTS`.
"""

import json
import os
import re
import resource
import signal
import socket
import sys
import threading
import time
import urllib.parse

KIND, PORT, NONCE, SECRET, EVENTS = sys.argv[1:]
MOST = 1024 * 1024
held = []
burnt = []


def answer(body, status="200 OK", fields=b""):
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    return head.encode() + fields + b"\r\n" + body


def note(word):
    with open(EVENTS, "a") as events:
        events.write(json.dumps({"event": "called", "word": word}) + "\n")


def burn(seconds):
    """Compute that long, once: one such request is enough to be seen."""
    if burnt:
        return
    burnt.append(seconds)
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def read(connection, quiet, most):
    """What comes until nothing does for a while; a head that is not whole is waited for where `quiet` is None."""
    data = b""
    while len(data) < most:
        connection.settimeout(0.02 if b"\r\n\r\n" in data else quiet)
        try:
            piece = connection.recv(1 << 20)
        except TimeoutError:
            break
        if not piece:
            break
        data += piece
    return data


def careful(connection):
    """One request a connection, of which no more than a megabyte is read."""
    data = read(connection, 0.1, MOST)
    own = f"GET /api/nonce HTTP/1.1\r\nHost: localhost:{PORT}\r\nConnection: close\r\n\r\n".encode()
    if data == own:
        return answer(NONCE.encode())
    if KIND == "refusing":
        return answer(b"no", "400 Bad Request") if data else b""
    return answer(b"yes")


def careless(connection):
    """Every mistake that an attack looks for."""
    data = read(connection, None, 64 * MOST)
    if not data:
        return b""
    line = data[: data.find(b"\r\n")].decode("latin-1")
    path = line.split(" ")[1] if line.count(" ") > 1 else ""
    sys.stdout.write(urllib.parse.unquote(data[:2000].decode("latin-1")) + "\n")
    sys.stdout.flush()
    for word in re.findall(rb"/api/mark/(\w+)", data):
        note(word.decode())
    if data.startswith(b"GET /api/nonce HTTP/1.1\r\n") and len(data) < 120:
        return answer(NONCE.encode())
    if word := re.search(rb"X-Word: (\w+)", data):
        note(word[1].decode())
    if len(path) > 300:
        burn(0.7)
    if data.endswith(b"[[["):
        os._exit(1)
    if len(data) > 4 * MOST:
        held[:] = [b"x" * (50 * len(data))]
    elif len(data) > 100_000:
        burn(0.8)
    if "?text=" in path:
        return answer(b"", fields=b"X-Echoed: " + urllib.parse.unquote_to_bytes(path.partition("=")[2]) + b"\r\n")
    body = f'Traceback (most recent call last)\n File "/srv/app.py", line 1\n{SECRET}'
    return answer(body.encode(), "500 Internal Server Error")


def serve(connection, respond):
    with connection:
        try:
            connection.sendall(respond(connection))
            connection.shutdown(socket.SHUT_WR)
            read(connection, 0.1, 64 * MOST)
        except OSError:
            return


def main():
    listener = socket.create_server(("127.0.0.1", int(PORT)), backlog=512)
    if KIND == "open":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            time.sleep(0.02)
            continue
        if KIND == "open":
            if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 128:
                sys.stdout.write("Too many open files\n" * 10_000)
                sys.stdout.flush()
            serve(connection, careless)
        else:
            threading.Thread(target=serve, args=(connection, careful), daemon=True).start()


main()
