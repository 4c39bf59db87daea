"""What the rules file says about an Inqom account."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from pushdoc.settings import Duration, SecretField, Settings, Text, Url


class InqomSettings(Settings):
    """`[destination.NAME]` with `type = "inqom"`: one account of the accounting software Inqom."""

    #: What `check` holds `requests_per_second` against. Source: Inqom's page on limits.
    allowed_per_second: ClassVar[int] = 15

    type: Literal["inqom"] = Field(default="inqom", description="Which plug-in: `inqom`.")
    username: Text = Field(
        description="Login of the Inqom account that pushdoc uses; one without a second factor, best kept for it alone."
    )
    password: SecretField = Field(description="Where the account's password is kept; never the password itself.")
    client_id: Text = Field(description="Client id that Inqom gave the firm for its API.")
    client_secret: SecretField = Field(description="Where the client secret is kept; Inqom's administration shows it.")
    token_url: Url = Field(
        default="https://auth.inqom.com/identity/connect/token",
        description="Address that gives tokens. Inqom's staging has other addresses, and other keys.",
    )
    api_url: Url = Field(
        default="https://api.inqom.com", description="Address of the API: companies and accounting folders."
    )
    documents_url: Url = Field(
        default="https://api.inqom.com/accounting-documents", description="Address of the documents service."
    )
    requests_per_second: float = Field(
        default=12,
        gt=0,
        le=1000,
        description="Requests a second to all three addresses together. Inqom allows 15 per account; the rest is left "
        "to the network's unevenness and to whoever else uses the account.",
    )
    parallel: int = Field(default=4, ge=1, le=32, description="How many documents are on their way at once.")
    scope: Text = Field(
        default="openid apidata",
        description="Rights that are asked for with the token; the first thing to try where Inqom answers 403.",
    )
    administratif: Literal["Others", "Client", "Supplier", "ExpenseReport"] = Field(
        default="Others",
        description="Inqom's type (`TypeScan`) for an Administratif, which Inqom has no type for.",
    )
    timeout: Duration = Field(
        default=timedelta(seconds=60),
        description="Longest wait for an answer. An upload may take a second more for every 8 kB.",
    )
