"""What status and check say of the mails."""

from pushdoc.words.phrase import Both

PHRASES = {
    "mails.mails": Both(fr="Courriels", en="Mail"),
    "mails.last_sent": Both(fr="dernier envoi le {at}", en="last sent {at}"),
    "mails.never_sent": Both(fr="aucun envoyé pour l'instant", en="none sent yet"),
    "mails.waiting": Both(
        fr="{count} {count:?courriel attend|courriels attendent} depuis le {since}, nouvel essai le {next}",
        en="{count} {count:?mail waits|mails wait} since {since}, next try {next}",
    ),
    "mails.to": Both(
        fr="à {at}, {email} reçoit le résumé de {clients} {clients:?client|clients}",
        en="at {at}, {email} gets the digest of {clients} {clients:?client|clients}",
    ),
    "mails.of_nobody": Both(
        fr="{email} doit recevoir le résumé du matin, mais il ne parlerait d'aucun client",
        en="{email} is to get the daily digest, but it would speak of no client",
    ),
    "mails.of_nobody.advice": Both(
        fr="Corrigez clients sous [[collaborator]] : les noms de dossiers, comme dans le tableau des clients.",
        en="Mend clients under [[collaborator]]: the folders' names, as in the table of clients.",
    ),
}
