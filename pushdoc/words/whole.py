"""What is said of files that have long not become whole, and of those that never will."""

from pushdoc.words.phrase import Both

_LONG_FR = "depuis plus d'une heure : {names}"
_LONG_EN = "for more than an hour: {names}"

PHRASES = {
    "whole.empty": Both(
        fr="{count} {count:?fichier est vide|fichiers sont vides} " + _LONG_FR,
        en="{count} {count:?file has|files have} been empty " + _LONG_EN,
    ),
    "whole.empty.advice": Both(
        fr="Rien n'en est envoyé. Déposez de nouveau le document depuis l'original, ou supprimez le fichier vide.",
        en="Nothing of it is sent. Drop the document again from the original, or delete the empty file.",
    ),
    "whole.locked": Both(
        fr="{count} {count:?document est ouvert|documents sont ouverts} dans un logiciel de bureautique " + _LONG_FR,
        en="{count} {count:?document has|documents have} been open in an office program " + _LONG_EN,
    ),
    "whole.locked.advice": Both(
        fr="Fermez-le : il sera envoyé aussitôt. Si personne ne l'a ouvert, supprimez le fichier caché « ~$… » ou "
        "« .~lock… » resté à côté de lui.",
        en="Close it: it is sent at once. If nobody has it open, delete the hidden file “~$…” or “.~lock…” that was "
        "left beside it.",
    ),
    "whole.unannounced": Both(
        fr="{count} {count:?document attend son fichier témoin|documents attendent leur fichier témoin} " + _LONG_FR,
        en="{count} {count:?document has|documents have} been waiting for the done-file " + _LONG_EN,
    ),
    "whole.unannounced.advice": Both(
        fr="Le programme qui dépose ces documents doit aussi déposer le fichier que la règle attend (clé done). "
        "Vérifiez qu'il a terminé, ou retirez cette clé de la règle.",
        en="The program that drops these documents must also drop the file that the rule waits for (key done). See "
        "that it has ended, or take that key out of the rule.",
    ),
    "whole.written": Both(
        fr="{count} {count:?fichier est encore ouvert|fichiers sont encore ouverts} par le programme qui l'écrit "
        + _LONG_FR,
        en="{count} {count:?file has|files have} been held open by the program that writes " + _LONG_EN,
    ),
    "whole.written.advice": Both(
        fr="Terminez la numérisation ou la copie, ou fermez ce programme ; « fuser -v » suivi du chemin le nomme.",
        en="End the scan or the copy, or close that program; `fuser -v` with the path names it.",
    ),
    "whole.growing": Both(
        fr="{count} {count:?fichier ne cesse|fichiers ne cessent} de changer " + _LONG_FR,
        en="{count} {count:?file has|files have} not stopped changing " + _LONG_EN,
    ),
    "whole.growing.advice": Both(
        fr="Regardez quel programme y écrit. Un fichier qui change toujours (un journal, une boîte de messagerie) n'a "
        "pas sa place dans un dossier de dépôt.",
        en="See which program writes there. A file that always changes (a log, a mailbox) does not belong in a drop "
        "folder.",
    ),
    "whole.unfinished": Both(
        fr="{count} {count:?fichier est incomplet|fichiers sont incomplets} " + _LONG_FR,
        en="{count} {count:?file has|files have} been incomplete " + _LONG_EN,
    ),
    "whole.unfinished.advice": Both(
        fr="Déposez-le de nouveau depuis l'original : la numérisation, la copie ou le téléchargement s'est interrompu.",
        en="Drop it again from the original: the scan, the copy or the download broke off.",
    ),
    "whole.cut": Both(
        fr="Le fichier est incomplet : il s'arrête avant la fin que veut son format ({kind})",
        en="The file is incomplete: it stops before the end that its format wants ({kind})",
    ),
    "whole.cut.advice": Both(
        fr="Déposez-le de nouveau depuis l'original : la numérisation, la copie ou le téléchargement s'est interrompu.",
        en="Drop it again from the original: the scan, the copy or the download broke off.",
    ),
}
