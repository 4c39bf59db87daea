"""What is said of a folder as a destination."""

from pushdoc.words.phrase import Both

PHRASES = {
    "folder.gone": Both(
        fr="le dossier de destination {path} est absent",
        en="the destination's folder {path} is not there",
    ),
    "folder.gone.advice": Both(
        fr="Si c'est un partage réseau, vérifiez qu'il est monté ; sinon, créez le dossier.",
        en="If it is a network share, check that it is mounted; if not, make the folder.",
    ),
    "folder.full": Both(
        fr="il n'y a plus de place dans {path}",
        en="there is no room left in {path}",
    ),
    "folder.full.advice": Both(
        fr="Libérez de la place ; l'envoi reprendra de lui-même.",
        en="Make room; sending goes on by itself.",
    ),
    "folder.not_allowed": Both(
        fr="pushdoc n'a pas le droit d'écrire dans {path} : {error}",
        en="pushdoc may not write to {path}: {error}",
    ),
    "folder.not_allowed.advice": Both(
        fr="Donnez à l'utilisateur du service le droit d'y écrire ; sous systemd, voyez aussi ReadWritePaths.",
        en="Give the service's user the right to write there; under systemd, see ReadWritePaths too.",
    ),
    "folder.failed": Both(
        fr="{path} ne répond pas comme il faut : {error}",
        en="{path} does not answer as it should: {error}",
    ),
    "folder.failed.advice": Both(
        fr="Vérifiez le disque ou le partage ; l'envoi reprendra de lui-même.",
        en="Check the disk or the share; sending goes on by itself.",
    ),
    "folder.unsure": Both(
        fr="la copie est faite, mais {path} ne confirme pas l'avoir gardée : {error}",
        en="the copy is made, but {path} does not confirm that it was kept: {error}",
    ),
    "folder.unsure.advice": Both(
        fr="Rien à faire : pushdoc regarde si la copie y est, avant tout nouvel envoi.",
        en="Nothing to do: pushdoc looks whether the copy is there before it sends it again.",
    ),
    "folder.name_too_long": Both(
        fr="le nom du document, ou le chemin de sa copie, est trop long",
        en="the document's name, or the path of its copy, is too long",
    ),
    "folder.name_too_long.advice": Both(
        fr="Raccourcissez le nom du fichier, puis relancez l'envoi.",
        en="Shorten the file's name, then retry it.",
    ),
}
