"""Locks of caches: one owner, an end, and what a cache that keeps none says. One process a service: scripts."""

from __future__ import annotations

from pathlib import Path

from test_cache import passes


def test_a_lock_in_memory_has_one_owner_and_expires(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        memory = Cache(engine="locmem")
        using(default=memory, dummy=Cache(engine="dummy"))
        with memory.lock("a", timeout=9) as lock:
            second = memory.lock("a", timeout=9, wait=0.1)
            begun = time.monotonic()
            held = error(second.__enter__)
            assert isinstance(held, LockHeld) and "'a' of the cache 'default'" in str(held)
            assert 0.1 <= time.monotonic() - begun < 5
            assert second.owner != lock.owner and not second.release()
            assert not memory.lock("a", timeout=9, wait=0).acquire()
        assert second.acquire() and second.release()

        def late():
            with memory.lock("b", timeout=0.05):
                with memory.lock("b", timeout=9, wait=5):
                    pass
        assert isinstance(error(late), LockExpired)

        def failing():
            with memory.lock("b", timeout=0.01):
                time.sleep(0.02)
                raise KeyError("mine")
        assert isinstance(error(failing), KeyError)

        async def use():
            async with memory.lock("c", timeout=9):
                try:
                    async with memory.lock("c", timeout=9, wait=0):
                        raise AssertionError("two owners")
                except LockHeld:
                    return True
        assert asyncio.run(use())
        for wrong in ({"timeout": 0}, {"timeout": float("inf")}, {"timeout": float("nan")}, {"timeout": 1, "wait": -1}):
            assert isinstance(error(memory.lock, "d", **wrong), ValueError), wrong
        for wrong in ({"timeout": None}, {"timeout": "1"}, {"timeout": True}, {"timeout": 1, "wait": None}):
            raised = error(memory.lock, "d", **wrong)
            assert isinstance(raised, TypeError) and "a number of seconds" in str(raised), raised
        """,
    )


def test_of_several_who_want_a_lock_of_a_cache_in_files_one_has_it(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        files = Cache(engine="file", location="kept")
        using(default=files)
        native = files.backend.set

        def slowly(*arguments, **options):
            time.sleep(0.02)
            native(*arguments, **options)

        barrier = threading.Barrier(5)
        taken = []

        def want():
            files.backend.set = slowly  # an object of this thread's
            barrier.wait()
            taken.append(files.lock("a", timeout=9, wait=0).acquire())

        threads = [threading.Thread(target=want) for _ in range(barrier.parties)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == [False] * 4 + [True], taken
        """,
    )


def test_where_seconds_are_counted_whole_a_lock_lasts_no_shorter(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        from django.conf import settings
        from django.core.management import call_command
        settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "file.sqlite3"}})
        table = Cache(engine="db", location="kept")
        using(default=table)
        call_command("createcachetable")
        with table.lock("a", timeout=0.2):
            pass
        lock = table.lock("a", timeout=1)
        assert lock.acquire()
        time.sleep(0.9)
        assert not table.lock("a", timeout=1, wait=0).acquire() and lock.release()
        """,
    )


def test_a_cache_that_keeps_nothing_locks_nothing(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        dummy = Cache(engine="dummy")
        using(default=dummy)
        assert "does not keep a lock" in str(error(dummy.lock("a", timeout=9).acquire))
        """,
    )


def test_a_lock_of_a_cache_whose_folder_cannot_be_is_an_error_naming_it(tmp_path: Path) -> None:
    passes(
        tmp_path,
        """
        files = Cache(engine="file", location="there/kept")
        using(default=files)
        files.backend
        import shutil
        shutil.rmtree("there")
        open("there", "w").close()
        raised = error(files.lock("a", timeout=1).acquire)
        assert isinstance(raised, CacheUnavailable) and "'default' at there/kept" in str(raised), raised
        """,
    )
