"""What happens to documents on their way, in words."""

from pushdoc.words.phrase import Both

PHRASES = {
    "journey.interrupted": Both(
        fr="pushdoc a été arrêté pendant l'envoi ; la destination va être interrogée",
        en="pushdoc was stopped while sending; the destination will be asked",
    ),
    "journey.stumbled": Both(
        fr="une erreur de pushdoc a interrompu l'envoi ; la destination va être interrogée",
        en="an error of pushdoc cut the sending short; the destination will be asked",
    ),
    "journey.changed": Both(
        fr="le fichier a changé avant la fin de l'envoi ; son nouveau contenu sera envoyé",
        en="the file changed before it was sent; its new content will be sent",
    ),
    "journey.gone": Both(
        fr="le fichier a été retiré du dossier de dépôt", en="the file was taken out of the drop folder"
    ),
    "journey.archived_by_hand": Both(
        fr="quelqu'un a rangé le fichier dans l'archive ({path}) sans qu'il ait été transmis",
        en="somebody put the file into the archive ({path}) though it was never sent",
    ),
    "journey.archived_by_hand.advice": Both(
        fr="S'il devait partir, remettez-le dans son dossier de dépôt.",
        en="If it was to be sent, put it back into its drop folder.",
    ),
    "journey.replaced": Both(
        fr="le fichier a été remplacé par un autre du même nom, qui sera envoyé à sa place",
        en="the file was replaced by another of the same name, which will be sent instead",
    ),
    "journey.replaced_after": Both(
        fr="transmis ; le fichier a été remplacé avant d'être archivé, le nouveau sera envoyé aussi",
        en="delivered; the file was replaced before it was archived, the new one will be sent too",
    ),
    "journey.gone_after": Both(
        fr="transmis ; le fichier a été retiré avant d'être archivé",
        en="delivered; the file was taken away before it was archived",
    ),
    "journey.unreadable": Both(
        fr="le fichier {path} ne peut pas être lu : {said}", en="the file {path} cannot be read: {said}"
    ),
    "journey.unreadable.advice": Both(
        fr="Donnez à l'utilisateur de pushdoc le droit de lire ce fichier ; il est réessayé tout seul",
        en="Let pushdoc's user read this file; it is tried again by itself",
    ),
    "journey.surely_absent": Both(
        fr="la destination, interrogée {asked} fois, ne l'a pas : il est renvoyé",
        en="the destination, asked {asked} times, does not have it: it is sent again",
    ),
    "journey.poison": Both(
        fr="envoyé {tries} fois sans que la destination réponde, alors qu'elle répond pour d'autres documents",
        en="sent {tries} times without an answer, while the destination answers for others",
    ),
    "journey.poison.advice": Both(
        fr="Ouvrez le fichier pour voir s'il est lisible ; enregistrez-le à nouveau (en PDF) et redéposez-le",
        en="Open the file to see whether it is readable; save it anew (as PDF) and drop it again",
    ),
    "journey.cannot_tell": Both(
        fr="envoyé le {sent:time} sans réponse, et la destination n'a pas pu dire jusqu'au {asked:time} si elle l'a reçu",
        en="sent {sent:time} without an answer, and until {asked:time} the destination could not say whether it has it",
    ),
    "journey.cannot_tell.advice": Both(
        fr="Cherchez-le dans le logiciel comptable : s'il y est, classez-le avec pushdoc ack ; sinon, pushdoc retry --force",
        en="Look for it in the accounting software: if it is there, pushdoc ack; if not, pushdoc retry --force",
    ),
    "journey.too_large": Both(
        fr="le fichier fait {size:bytes}, la règle en accepte {limit:bytes} au plus",
        en="the file has {size:bytes}, the rule takes {limit:bytes} at the most",
    ),
    "journey.too_large.advice": Both(
        fr="Réduisez-le (numérisation en noir et blanc, moins de pages par fichier) et redéposez-le",
        en="Make it smaller (scan in black and white, fewer pages a file) and drop it again",
    ),
    "journey.unknown_reason": Both(fr="le motif n'a pas été noté", en="the reason was not recorded"),
    "journey.unknown_reason.advice": Both(
        fr="Ouvrez le fichier pour voir s'il est lisible, puis renvoyez-le",
        en="Open the file to see whether it is readable, then send it again",
    ),
    "journey.reconciled": Both(
        fr="le registre a été perdu ou vient d'une ancienne sauvegarde : ce document a peut-être déjà été envoyé",
        en="the ledger was lost or is an old backup: this document may have been sent before",
    ),
    "journey.troubling": Both(
        fr="son envoi a échoué {tries} fois alors que d'autres documents passaient",
        en="sending it failed {tries} times while other documents passed",
    ),
    "journey.troubling.advice": Both(
        fr="Ouvrez le fichier pour voir s'il est lisible ; enregistrez-le à nouveau (en PDF) et redéposez-le",
        en="Open the file to see whether it is readable; save it anew (as PDF) and drop it again",
    ),
    "journey.still_open": Both(
        fr="transmis ; un programme l'a encore ouvert, il sera archivé dès qu'il le ferme",
        en="delivered; a program still has it open, it is archived as soon as that closes it",
    ),
    "journey.acknowledged": Both(fr="classé sans suite : {text}", en="set aside: {text}"),
    "journey.rejected": Both(fr="refusé : {text}", en="rejected: {text}"),
    "journey.share_hangs": Both(
        fr="le partage où se trouve « {path} » ne répond plus",
        en="the share that '{path}' lies on does not answer any more",
    ),
    "journey.share_hangs.advice": Both(
        fr="Le document partira dès qu'il répondra. Vérifiez le serveur de fichiers et le réseau.",
        en="The document leaves as soon as it answers. Check the file server and the network.",
    ),
}
