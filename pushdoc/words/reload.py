"""What is said of rules that have changed under a running pushdoc, and of documents whose rule or client is gone."""

from pushdoc.words.phrase import Both

PHRASES = {
    "reload.ledger": Both(
        fr="le registre ne peut pas changer pendant que pushdoc travaille : il tient « {old} », qui sait ce qui a été "
        "envoyé, et les règles nomment maintenant « {new} »",
        en="the ledger cannot change while pushdoc is at work: it holds “{old}”, which knows what was sent, and the rules "
        "now name “{new}”",
    ),
    "reload.ledger.advice": Both(
        fr="Arrêtez pushdoc, déplacez le registre lui-même, puis redémarrez : systemctl restart pushdoc",
        en="Stop pushdoc, move the ledger itself, then start again: systemctl restart pushdoc",
    ),
    "reload.root": Both(
        fr="le dossier des clients ne peut pas changer pendant que pushdoc travaille : les documents en attente sont "
        "dans « {old} », et les règles nomment maintenant « {new} »",
        en="the clients' root cannot change while pushdoc is at work: the documents that wait lie in “{old}”, and the "
        "rules now name “{new}”",
    ),
    "reload.root.advice": Both(
        fr="Laissez partir ce qui attend (pushdoc status), puis redémarrez : systemctl restart pushdoc",
        en="Let what waits leave (pushdoc status), then start again: systemctl restart pushdoc",
    ),
    "reload.refused": Both(
        fr="nouvelles règles refusées le {at} ({count} {count:?problème|problèmes}), les anciennes restent en vigueur :",
        en="new rules refused {at} ({count} {count:?problem|problems}), the old ones stay in force:",
    ),
    "reload.problem": Both(fr="{place} : {problem}", en="{place}: {problem}"),
    "reload.refused.advice": Both(
        fr="Corrigez le fichier (« pushdoc check »), puis : systemctl reload pushdoc",
        en="Mend the file (`pushdoc check`), then: systemctl reload pushdoc",
    ),
}
