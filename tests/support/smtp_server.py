"""A real SMTP server for the tests; stores each message before accepting it.

    smtp_server.py FOLDER PORT [CERTIFICATE KEY USER PASSWORD]

Prints its port (a free one for PORT 0) once it listens, writes each message as
FOLDER/NNNN.json, and ends when its input closes. With a certificate it takes
mail only after STARTTLS and a login.
"""

import asyncio
import json
import logging
import os
import ssl
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Store:
    """Keeps messages as files, named by the order in which they came."""

    def __init__(self, folder):
        self.folder = folder

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
        record = {
            "sender": envelope.mail_from,
            "recipients": envelope.rcpt_tos,
            "headers": [[name, str(value)] for name, value in message.items()],
            "text": parts["plain"].get_content() if parts["plain"] else None,
            "html": parts["html"].get_content() if parts["html"] else None,
        }
        self.keep(record)
        return "250 OK"

    def keep(self, record):
        number = sum(name.endswith(".json") for name in os.listdir(self.folder))
        path = os.path.join(self.folder, f"{number:04}")
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(record, file)
        os.rename(path + ".new", path + ".json")


def encryption(certificate, key, user, password):
    """What makes the server insist on STARTTLS and a login."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    expected = LoginPassword(user.encode(), password.encode())

    def authenticate(server, session, envelope, mechanism, given):
        return AuthResult(success=given == expected, handled=False)

    return {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": authenticate,
    }


async def main(folder, port, *secured):
    options = encryption(*secured) if secured else {}
    loop = asyncio.get_running_loop()
    handler = Store(folder)

    def connection():
        return SMTP(handler, hostname="localhost", loop=loop, **options)

    server = await loop.create_server(connection, "127.0.0.1", int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


logging.disable(logging.WARNING)  # aiosmtpd warns of its own deprecations
asyncio.run(main(*sys.argv[1:]))
