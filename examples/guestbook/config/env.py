"""What the surroundings decide: GUESTBOOK_BACKEND and the others; a file takes them too, `Env(file=...)`."""

from utilmeta.conf import Env


class GuestbookEnv(Env):
    BACKEND: str = "starlette"
    PRODUCTION: bool = False
    HOST: str = "127.0.0.1"
    PORT: int = 8000
    SECRET_KEY: str = ""

    DB_ENGINE: str = "sqlite3"
    DB_NAME: str = "guestbook.sqlite3"
    DB_HOST: str = ""
    DB_PORT: int = 5432
    DB_USER: str = ""
    DB_PASSWORD: str = ""

    REDIS_PORT: int = 0
    REDIS_PASSWORD: str = ""


env = GuestbookEnv(sys_env="GUESTBOOK_")
