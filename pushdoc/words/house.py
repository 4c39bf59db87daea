"""Words that the whole house shares."""

from pushdoc.words.phrase import Both

PHRASES = {
    "problems": Both(
        fr="{count} {count:?problème|problèmes} à corriger",
        en="{count} {count:?problem|problems} to mend",
    ),
}
