"""What is said to a person whose decision cannot be carried out."""

from pushdoc.words.phrase import Both

PHRASES = {
    "decisions.not_now": Both(
        fr="le document n° {id!s} n'attend pas de décision ({state:=tell.state.})",
        en="document {id!s} does not wait for a decision ({state:=tell.state.})",
    ),
    "decisions.not_now.advice": Both(
        fr="« pushdoc show {id!s} » dit où il en est", en="`pushdoc show {id!s}` says how it stands"
    ),
    "decisions.duplicate": Both(
        fr="le document n° {id!s} est un doublon du n° {twin!s}, déjà transmis",
        en="document {id!s} is a duplicate of {twin!s}, which was delivered",
    ),
    "decisions.duplicate.advice": Both(
        fr="Pour l'envoyer quand même : pushdoc retry {id!s} --force",
        en="To send it all the same: pushdoc retry {id!s} --force",
    ),
    "decisions.doubtful": Both(
        fr="le document n° {id!s} est peut-être déjà arrivé : la destination est interrogée, attendez sa réponse",
        en="document {id!s} may have arrived: the destination is being asked, wait for its answer",
    ),
    "decisions.doubtful.advice": Both(
        fr="Pour l'envoyer sans attendre, au risque d'un doublon : pushdoc retry {id!s} --force",
        en="To send it without waiting, at the risk of a duplicate: pushdoc retry {id!s} --force",
    ),
    "decisions.unknowable": Both(
        fr="nul ne sait si le document n° {id!s} est arrivé", en="nobody knows whether document {id!s} arrived"
    ),
    "decisions.unknowable.advice": Both(
        fr="Cherchez-le dans le logiciel comptable ; s'il n'y est pas : pushdoc retry {id!s} --force",
        en="Look for it in the accounting software; if it is not there: pushdoc retry {id!s} --force",
    ),
    "decisions.content": Both(
        fr="la règle du document n° {id!s} refuse toujours son contenu",
        en="the rule of document {id!s} still refuses its content",
    ),
    "decisions.content.advice": Both(
        fr="Déposez un fichier corrigé ; pour envoyer celui-ci tel quel : pushdoc retry {id!s} --force",
        en="Drop a mended file; to send this one as it is: pushdoc retry {id!s} --force",
    ),
    "decisions.never_taken": Both(
        fr="la règle « {rule} » n'accepte toujours pas le document n° {id!s} (genre de fichier, ou taille)",
        en="the rule “{rule}” still does not take document {id!s} (kind of file, or size)",
    ),
    "decisions.never_taken.advice": Both(
        fr="Déposez un fichier corrigé ; ou corrigez la règle (accept, max_size) et relancez pushdoc : il partira tout seul",
        en="Drop a mended file; or mend the rule (accept, max_size) and have pushdoc read it again: it goes by itself",
    ),
    "decisions.overtaken": Both(
        fr="le document n° {id!s} vient de changer d'état", en="document {id!s} has just changed its state"
    ),
    "decisions.overtaken.advice": Both(
        fr="« pushdoc show {id!s} » dit où il en est", en="`pushdoc show {id!s}` says how it stands"
    ),
    "decisions.file_gone": Both(
        fr="le fichier du document n° {id!s} n'est plus là : {path}", en="the file of document {id!s} is gone: {path}"
    ),
    "decisions.file_gone.advice": Both(fr="Redéposez-le dans son dossier", en="Drop it in its folder again"),
}
