"""What is said of a root that belongs to another ledger, or whose ledger has lost its memory."""

from pushdoc.words.phrase import Both

PHRASES = {
    "owner.unreadable": Both(
        fr="le fichier {path}, qui dit quel registre suit ces dossiers, est illisible",
        en="the file {path}, which says whose these folders are, cannot be read",
    ),
    "owner.unreadable.advice": Both(
        fr="Vérifiez les droits ; s'il est endommagé, « pushdoc reconcile » le refait",
        en="See to its rights; if it is damaged, `pushdoc reconcile` makes it anew",
    ),
    "owner.other_ledger": Both(
        fr="les dossiers {root} sont suivis par un autre registre : {path}, sur {host} (ici : {ours})",
        en="the folders {root} belong to another ledger: {path} on {host} (here: {ours})",
    ),
    "owner.other_ledger.advice": Both(
        fr="Arrêtez l'autre pushdoc, ou reprenez son registre ; s'il est perdu, « pushdoc reconcile » reconstruit ce qui a été envoyé",
        en="Stop the other pushdoc, or take its ledger; if it is lost, `pushdoc reconcile` rebuilds what was sent",
    ),
    "owner.old_ledger": Both(
        fr="le registre {path} a oublié {missing} {missing:?événement|événements} des dossiers {root} : c'est sans doute une ancienne sauvegarde",
        en="the ledger {path} has forgotten {missing} {missing:?event|events} of the folders {root}: it is probably an old backup",
    ),
    "owner.old_ledger.advice": Both(
        fr="Remettez le registre le plus récent, ou lancez « pushdoc reconcile », qui retrouve ce qui a été envoyé depuis",
        en="Put the newest ledger back, or run `pushdoc reconcile`, which finds what was sent since",
    ),
}
