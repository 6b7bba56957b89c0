"""A mail server for SmtpIT, made of Debian's python3-aiosmtpd: STARTTLS and a login are required. Prints a line of JSON for each
mail, and "ready" before the first. Arguments: port, file with certificate and key, user, password, most bytes of a mail."""
import email
import email.policy
import json
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

port, chain, user, password, most_bytes = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])
tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
tls.load_cert_chain(chain)


class Print:
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(json.dumps({
            "secure": session.ssl is not None,
            "authenticated": session.authenticated,
            "to": envelope.rcpt_tos,
            "id": mail["Message-ID"],
            "thread": mail["References"],
            "subject": mail["Subject"],
            "text": mail.get_content(),
        }), flush=True)
        return "250 taken"


def login(server, session, envelope, mechanism, data):
    ok = (data.login, data.password) == (user.encode(), password.encode())
    return AuthResult(success=ok, handled=False)


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, tls_context=tls, require_starttls=True, authenticator=login, auth_required=True,
                    auth_require_tls=True, data_size_limit=most_bytes, hostname="mail.test")


Server(Print(), hostname="127.0.0.1", port=port).start()
print("ready", flush=True)
threading.Event().wait()
