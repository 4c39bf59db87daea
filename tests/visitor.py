"""A client of the sandbox for its own tests; it shares nothing with pushdoc's client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from pushdoc.sandbox import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_PASSWORD, DEMO_USERNAME

if TYPE_CHECKING:
    from pushdoc.sandbox import Sandbox

PDF = b"%PDF-1.7\ninvoice 881\n%%EOF\n"
TOKEN_FORM = {
    "grant_type": "password",
    "client_id": DEMO_CLIENT_ID,
    "client_secret": DEMO_CLIENT_SECRET,
    "username": DEMO_USERNAME,
    "password": DEMO_PASSWORD,
    "scope": "openid apidata",
}


class Visitor:
    """A client program that has signed in."""

    def __init__(self, sandbox: Sandbox, **token_form: str) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(base_url=sandbox.url, trust_env=False, timeout=30)
        self.token_form = TOKEN_FORM | token_form
        self.sign_in()

    def sign_in(self) -> httpx.Response:
        """Get a new token and use it from now on; the answer comes back."""
        answer = self.http.post("/identity/connect/token", data=self.token_form)
        if answer.status_code == 200:
            self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return answer

    def documents(self, folder: int = 700101, rest: str = "") -> str:
        """The path of a folder's documents."""
        return f"/accounting-documents/api/accounting-documents/accounting-folders/{folder}/Documents{rest}"

    def upload(
        self,
        content: bytes = PDF,
        name: str | None = "facture-881.pdf",
        folder: int = 700101,
        media_type: str | None = "application/pdf",
        **fields: str,
    ) -> httpx.Response:
        """Upload by variant A; `fields` are added to the form, or taken out of it where they are empty."""
        form = {"TypeScan": "Supplier", "FileSource": "Api"} | fields
        return self.http.post(
            self.documents(folder, "/"),
            data={key: value for key, value in form.items() if value},
            files={"Document": (name, content, media_type)},
        )

    def expense_bill(self, folder: int = 700101, **fields: str) -> httpx.Response:
        """Upload by variant B."""
        return self.http.post(
            f"/accounting-documents/api/v1/accounting-folders/{folder}/expense-bills",
            data=fields,
            files={"File": ("taxi.pdf", PDF, "application/pdf")},
        )

    def one(self, document: int, folder: int = 700101) -> dict[str, object]:
        """One document as it stands now."""
        answer = self.http.get(self.documents(folder, f"/{document}"))
        assert answer.status_code == 200, answer.text
        body: dict[str, object] = answer.json()
        return body

    def close(self) -> None:
        """Hang up."""
        self.http.close()
