"""What is said to a person whose decision cannot be carried out."""

from pushdoc.words.phrase import Both

PHRASES = {
    "decisions.not_now": Both(
        fr="le document n° {id} n'attend pas de décision ({state})",
        en="document {id} does not wait for a decision ({state})",
    ),
    "decisions.not_now.advice": Both(
        fr="« pushdoc show {id} » dit où il en est", en="`pushdoc show {id}` says how it stands"
    ),
    "decisions.duplicate": Both(
        fr="le document n° {id} est un doublon du n° {twin}, déjà transmis",
        en="document {id} is a duplicate of {twin}, which was delivered",
    ),
    "decisions.duplicate.advice": Both(
        fr="pour l'envoyer quand même : pushdoc retry {id} --force",
        en="to send it all the same: pushdoc retry {id} --force",
    ),
    "decisions.doubtful": Both(
        fr="le document n° {id} est peut-être déjà arrivé : la destination est interrogée, attendez sa réponse",
        en="document {id} may have arrived: the destination is being asked, wait for its answer",
    ),
    "decisions.doubtful.advice": Both(
        fr="pour l'envoyer sans attendre, au risque d'un doublon : pushdoc retry {id} --force",
        en="to send it without waiting, at the risk of a duplicate: pushdoc retry {id} --force",
    ),
    "decisions.unknowable": Both(
        fr="nul ne sait si le document n° {id} est arrivé", en="nobody knows whether document {id} arrived"
    ),
    "decisions.unknowable.advice": Both(
        fr="cherchez-le dans le logiciel comptable ; s'il n'y est pas : pushdoc retry {id} --force",
        en="look for it in the accounting software; if it is not there: pushdoc retry {id} --force",
    ),
    "decisions.overtaken": Both(
        fr="le document n° {id} vient de changer d'état", en="document {id} has just changed its state"
    ),
    "decisions.overtaken.advice": Both(
        fr="« pushdoc show {id} » dit où il en est", en="`pushdoc show {id}` says how it stands"
    ),
    "decisions.file_gone": Both(
        fr="le fichier du document n° {id} n'est plus là : {path}", en="the file of document {id} is gone: {path}"
    ),
    "decisions.file_gone.advice": Both(fr="redéposez-le dans son dossier", en="drop it in its folder again"),
}
