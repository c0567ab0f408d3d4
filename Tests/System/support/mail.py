"""A real SMTP server on loopback, and msmtp set up to use it."""

import contextlib
import email
import email.policy

from aiosmtpd.controller import Controller

MSMTP = """defaults
tls off
auth off
account default
host 127.0.0.1
port {port}
from ada@example.com
"""


class AnyPort(Controller):
    """A server on a port that was free; it tries itself once there, as its start asks for."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Sink:
    """Keeps what it is given; refuses for a while where told to."""

    def __init__(self, folder):
        self.received = []
        self.refuses = False
        self.configuration = folder / "msmtprc"

    async def handle_DATA(self, server, session, envelope):
        if self.refuses:
            return "451 try again later"
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    @contextlib.contextmanager
    def up(self):
        controller = AnyPort(self, hostname="127.0.0.1", port=0)
        controller.start()
        try:
            self.configuration.write_text(MSMTP.format(port=controller.port))
            self.configuration.chmod(0o600)
            yield self
        finally:
            controller.stop()

    @property
    def command(self):
        """For `channels: - email: {command: …}`."""
        return ["msmtp", "-C", str(self.configuration), "-t"]

    def messages(self):
        """What arrived, parsed as a mail reader would."""
        return [email.message_from_bytes(content, policy=email.policy.default) for _, content in self.received]
