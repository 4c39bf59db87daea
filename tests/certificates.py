"""Papers for servers of tests: certificates that nobody else has signed, for a name and between two dates."""

from __future__ import annotations

import ssl
import subprocess
from shutil import which
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HERE, ANOTHER = "IP:127.0.0.1", "DNS:inqom.example"
#: First and last second, as ASN.1 writes them.
VALID = "20200101000000Z", "20991231000000Z"
EXPIRED = "20200101000000Z", "20200201000000Z"
#: What `openssl ca` must be told before it signs; unlike `openssl req` it lets every version choose both dates.
AUTHORITY = """\
[ca]
default_ca = firm
[firm]
database = index
new_certs_dir = .
serial = serial
default_md = sha256
policy = any
copy_extensions = copy
[any]
commonName = supplied
"""


def certified(folder: Path, host: str, between: tuple[str, str]) -> ssl.SSLContext:
    """A server's papers for `host`, signed by nobody else; the certificate itself is `paper` in the folder."""
    if which("openssl") is None:
        pytest.skip("needs the package openssl")
    (folder / "authority").write_text(AUTHORITY)
    (folder / "index").touch()
    request = f"req -new -newkey rsa:2048 -nodes -subj /CN=inqom -addext subjectAltName={host} -keyout key -out request"
    dates = "-startdate {} -enddate {}".format(*between)
    paper = f"ca -batch -selfsign -create_serial -notext -config authority -keyfile key {dates} -in request -out paper"
    for command in (request, paper):
        subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "paper", folder / "key")
    return tls
