"""What the ledger says."""

from pushdoc.words.phrase import Both

PHRASES = {
    "ledger.older": Both(
        fr="le registre {path} vient d'une version plus ancienne de pushdoc",
        en="the ledger {path} is of an older version of pushdoc",
    ),
    "ledger.older.advice": Both(
        fr="Lancez « pushdoc run » ou « pushdoc once », qui le mettent à niveau",
        en="Start `pushdoc run` or `pushdoc once`, which bring it up to date",
    ),
    "ledger.newer": Both(
        fr="le registre {path} vient d'une version plus récente de pushdoc ({version} ; celle-ci connaît {known})",
        en="the ledger {path} is of a newer pushdoc ({version}; this one knows {known})",
    ),
    "ledger.newer.advice": Both(
        fr="Mettez pushdoc à jour ; rien n'a été envoyé", en="Update pushdoc; nothing was sent"
    ),
    "ledger.foreign": Both(
        fr="{path} est une base de données, mais pas un registre de pushdoc",
        en="{path} is a database, but no ledger of pushdoc",
    ),
    "ledger.foreign.advice": Both(
        fr="Corrigez url sous [ledger] dans le fichier de règles", en="Mend url under [ledger] in the rules file"
    ),
    "ledger.broken": Both(
        fr="le registre {path} est endommagé, ou ce n'est pas un registre",
        en="the ledger {path} is damaged, or is none",
    ),
    "ledger.broken.advice": Both(
        fr="Remettez une sauvegarde, ou mettez ce fichier de côté, puis lancez « pushdoc reconcile » ; rien n'a été envoyé",
        en="Restore a backup, or put this file aside, then run `pushdoc reconcile`; nothing was sent",
    ),
    "ledger.no_access": Both(
        fr="le registre {path} ne peut pas être ouvert ou modifié",
        en="the ledger {path} cannot be opened or written",
    ),
    "ledger.no_access.advice": Both(
        fr="Vérifiez que le dossier existe et que l'utilisateur de pushdoc peut y écrire",
        en="See that its folder exists and that pushdoc's user may write there",
    ),
    "ledger.no_space": Both(
        fr="le disque du registre {path} est plein ou en panne ; rien n'est envoyé sans pouvoir être noté",
        en="the disk of the ledger {path} is full or failing; nothing is sent that cannot be recorded",
    ),
    "ledger.no_space.advice": Both(fr="Libérez de la place sur ce disque", en="Free space on that disk"),
    "ledger.locked": Both(
        fr="le registre {path} est verrouillé par un autre programme",
        en="the ledger {path} is locked by another program",
    ),
    "ledger.locked.advice": Both(
        fr="Fermez le programme qui l'a ouvert, puis recommencez",
        en="Close the program that has it open, then try again",
    ),
    "ledger.held": Both(
        fr="un autre pushdoc (processus {pid!s}) utilise déjà le registre {path}",
        en="another pushdoc (process {pid!s}) already uses the ledger {path}",
    ),
    "ledger.held.advice": Both(
        fr="Attendez qu'il ait fini, ou arrêtez-le (« systemctl stop pushdoc »)",
        en="Wait until it has ended, or stop it (`systemctl stop pushdoc`)",
    ),
    "ledger.backup_exists": Both(fr="{path} existe déjà", en="{path} exists already"),
    "ledger.backup_exists.advice": Both(fr="Donnez un nom de fichier nouveau", en="Give a new file's name"),
    "ledger.backup_failed": Both(
        fr="la copie du registre n'a pas pu être écrite dans {path} : {said}",
        en="the copy of the ledger could not be written to {path}: {said}",
    ),
    "ledger.backup_failed.advice": Both(
        fr="Choisissez un dossier où vous avez le droit d'écrire, avec assez de place",
        en="Choose a folder that you may write in, with enough space",
    ),
    "ledger.unsound": Both(
        fr="le registre {path} est endommagé (pushdoc avait été arrêté brutalement) : {said}",
        en="the ledger {path} is damaged (pushdoc had been stopped hard): {said}",
    ),
    "ledger.unsound.advice": Both(
        fr="Remettez une sauvegarde, puis lancez « pushdoc reconcile » ; rien n'a été envoyé",
        en="Restore a backup, then run `pushdoc reconcile`; nothing was sent",
    ),
    "ledger.trouble": Both(fr="le registre {path} répond : {said}", en="the ledger {path} says: {said}"),
    "ledger.twin": Both(
        fr="déjà transmis : même contenu que le document n° {id!s} ({name}), reçu sous le n° {receipt}",
        en="already delivered: same content as document {id!s} ({name}), received as {receipt}",
    ),
    "ledger.twin.advice": Both(
        fr="Rien à faire ; pour l'envoyer quand même : pushdoc retry --force avec son numéro",
        en="Nothing to do; to send it all the same: pushdoc retry --force with its number",
    ),
    "ledger.twin_unknowable": Both(
        fr="même contenu que le document n° {id!s} ({name}), dont nul ne sait s'il est arrivé",
        en="same content as document {id!s} ({name}), of which nobody knows whether it arrived",
    ),
    "ledger.twin_unknowable.advice": Both(
        fr="Décidez d'abord du document n° {id!s} ; puis : pushdoc retry",
        en="Decide on document {id!s} first; then: pushdoc retry",
    ),
    "ledger.no_such_document": Both(fr="aucun document n'a le numéro {id!s}", en="no document has the number {id!s}"),
    "ledger.no_such_document.advice": Both(
        fr="« pushdoc list » montre les numéros", en="`pushdoc list` shows the numbers"
    ),
}
