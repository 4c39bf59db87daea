"""Why a document that was kept back goes by itself."""

from pushdoc.words.phrase import Both

PHRASES = {
    "healing.rule": Both(
        fr="la règle « {rule} » le prend maintenant : il repart tout seul",
        en="the rule “{rule}” takes it now: it goes by itself",
    ),
    "healing.disk": Both(
        fr="son dossier est de nouveau accessible : il repart tout seul",
        en="its folder can be used again: it goes by itself",
    ),
    "healing.other_dossier": Both(
        fr="son client est maintenant relié à un autre dossier comptable ({dossier}) : il repart tout seul",
        en="its client is mapped to another accounting folder now ({dossier}): it goes by itself",
    ),
    "healing.dossier_back": Both(
        fr="le dossier comptable {dossier} accepte de nouveau des documents : il repart tout seul",
        en="the accounting folder {dossier} takes documents again: it goes by itself",
    ),
    "healing.twin": Both(
        fr="le sort du document n° {id!s}, de même contenu, est connu : celui-ci repart tout seul",
        en="what became of document {id!s}, of the same content, is known: this one goes by itself",
    ),
    "tell.event.mended": Both(
        fr="l'empêchement est levé : nouvel essai tout de suite",
        en="what kept it back is mended: the next try is now",
    ),
}
