"""What keeps a paper from its archive, and what stands in the mark « Non transmis »."""

from pushdoc.words.phrase import Both

_NOTHING_LOST = Both(
    fr="Rien n'est perdu : pushdoc réessaie de lui-même.",
    en="Nothing is lost: pushdoc tries again by itself.",
)

PHRASES = {
    "filing.full": Both(
        fr="le disque qui porte le dossier « {folder} » est plein",
        en="the disk that holds the folder “{folder}” is full",
    ),
    "filing.full.advice": Both(
        fr=f"Faites de la place sur ce disque. {_NOTHING_LOST.fr}",
        en=f"Make room on that disk. {_NOTHING_LOST.en}",
    ),
    "filing.no_right": Both(
        fr="pushdoc n'a pas le droit d'écrire dans le dossier « {folder} »",
        en="pushdoc has no right to write in the folder “{folder}”",
    ),
    "filing.no_right.advice": Both(
        fr="Donnez au compte de pushdoc le droit de lire et d'écrire dans « {folder} » et dans ce qu'il contient. "
        f"{_NOTHING_LOST.fr}",
        en="Give pushdoc's account the right to read and write in “{folder}” and in what lies there. "
        f"{_NOTHING_LOST.en}",
    ),
    "filing.read_only": Both(
        fr="le disque qui porte le dossier « {folder} » est en lecture seule",
        en="the disk that holds the folder “{folder}” is read-only",
    ),
    "filing.read_only.advice": Both(
        fr=f"Rendez ce disque accessible en écriture ; s'il l'était hier, vérifiez son état. {_NOTHING_LOST.fr}",
        en=f"Make that disk writable; if it was so yesterday, check its health. {_NOTHING_LOST.en}",
    ),
    "filing.missing": Both(
        fr="le dossier « {folder} » est introuvable",
        en="the folder “{folder}” is not there",
    ),
    "filing.missing.advice": Both(
        fr=f"Vérifiez que le partage qui porte « {{folder}} » est bien connecté. {_NOTHING_LOST.fr}",
        en=f"Check that the share that holds “{{folder}}” is connected. {_NOTHING_LOST.en}",
    ),
    "filing.in_use": Both(
        fr="un fichier du dossier « {folder} » est ouvert ailleurs",
        en="a file in the folder “{folder}” is open elsewhere",
    ),
    "filing.in_use.advice": Both(
        fr=f"Fermez le document dans le programme qui l'affiche. {_NOTHING_LOST.fr}",
        en=f"Close the document in the program that shows it. {_NOTHING_LOST.en}",
    ),
    "filing.rewritten.advice": Both(
        fr="Rien à faire : ce qui a été écrit ensuite est envoyé comme un nouveau document.",
        en="Nothing to do: what was written afterwards is sent as a new document.",
    ),
    "filing.rewritten": Both(
        fr="le fichier envoyé a été réécrit sur place : l'archive {folder} n'en a pas de copie",
        en="the file that was sent was rewritten in place: the archive {folder} has no copy of it",
    ),
    "filing.name_refused": Both(
        fr="le dossier « {folder} » n'accepte pas le nom de ce document",
        en="the folder “{folder}” does not take this document's name",
    ),
    "filing.name_refused.advice": Both(
        fr="Donnez au document un nom plus court, sans signes particuliers ; il reste où il est en attendant.",
        en="Give the document a shorter name without special signs; until then it stays where it is.",
    ),
    "filing.no_attributes": Both(
        fr="le disque qui porte le dossier « {folder} » ne connaît pas les attributs étendus",
        en="the disk that holds the folder “{folder}” has no extended attributes",
    ),
    "filing.no_attributes.advice": Both(
        fr='Écrivez style = "sidecar" sous [marks] dans le fichier des règles.',
        en='Write style = "sidecar" below [marks] in the rules file.',
    ),
    "filing.unreachable": Both(
        fr="le disque ou le partage qui porte le dossier « {folder} » ne répond pas",
        en="the disk or share that holds the folder “{folder}” does not answer",
    ),
    "filing.unreachable.advice": Both(
        fr=f"Reconnectez le partage, ou vérifiez le disque, qui porte « {{folder}} ». {_NOTHING_LOST.fr}",
        en=f"Reconnect the share, or check the disk, that holds “{{folder}}”. {_NOTHING_LOST.en}",
    ),
    "filing.link_in_the_way": Both(
        fr="le chemin « {folder} » passe par un lien ou par un fichier, ce que pushdoc refuse de suivre",
        en="the path “{folder}” leads through a link or a file, which pushdoc will not follow",
    ),
    "filing.link_in_the_way.advice": Both(
        fr="Remplacez le lien (ou le fichier) par un vrai dossier. Le document reste où il est en attendant.",
        en="Put a real folder in place of the link (or file). Until then the document stays where it is.",
    ),
    "filing.failed": Both(
        fr="le système a refusé une opération dans le dossier « {folder} » ({what})",
        en="the system refused an operation in the folder “{folder}” ({what})",
    ),
    "filing.failed.advice": Both(
        fr=f"Vérifiez le disque et les droits de « {{folder}} ». {_NOTHING_LOST.fr}",
        en=f"Check the disk and the rights of “{{folder}}”. {_NOTHING_LOST.en}",
    ),
    "filing.mark_taken": Both(
        fr="le dossier « {folder} » contient déjà un fichier « {name} » qui n'est pas de pushdoc",
        en="the folder “{folder}” already holds a file “{name}” that is not pushdoc's",
    ),
    "filing.mark_taken.advice": Both(
        fr="Renommez ce fichier : pushdoc pourra alors poser sa marque « Non transmis ».",
        en="Rename that file: pushdoc can then set its mark « Non transmis ».",
    ),
    # A mark is known as ours by this line: a change here makes every mark on disk somebody else's file.
    "filing.mark.title": Both(fr="« Non transmis » (pushdoc)", en="« Non transmis » (pushdoc, not sent)"),
    "filing.mark.intro": Both(
        fr="Ce document n'a pas été transmis en comptabilité. Il est resté à sa place, rien n'est perdu.",
        en="This document was not sent to the accounting software. It is still in its place, nothing is lost.",
    ),
    "filing.mark.intro_unknown": Both(
        fr="Ce document est peut-être arrivé en comptabilité : personne ne peut le dire. Il est resté à sa place, rien "
        "n'est perdu.",
        en="This document may have reached the accounting software: nobody can tell. It is still in its place, nothing "
        "is lost.",
    ),
    "filing.mark.facts": Both(
        fr="Document : {name}\n"
        "Client : {client}\n"
        "Règle : {rule}\n"
        "Type : {type}\n"
        "Non transmis depuis : {since:time}\n"
        "Numéro : {id}",
        en="Document: {name}\nClient: {client}\nRule: {rule}\nType: {type}\nNot sent since: {since:time}\nNumber: {id}",
    ),
    "filing.mark.tries": Both(fr="Tentatives d'envoi : {tries}", en="Tries to send it: {tries}"),
    "filing.mark.why": Both(fr="Pourquoi :", en="Why:"),
    "filing.mark.what_to_do": Both(fr="Que faire :", en="What to do:"),
    # What can be done, by what kept it back; `filing.mark_text` says which is meant when.
    "filing.mark.drop_again": Both(
        fr="Vous pouvez corriger le document et le déposer de nouveau ici : il repartira tout seul.",
        en="You can correct the document and drop it here again: it will then be sent by itself.",
    ),
    "filing.mark.retry": Both(
        fr="Pour le renvoyer tel quel, l'administrateur tape : pushdoc retry {id}",
        en="To send it again as it is, the administrator types: pushdoc retry {id}",
    ),
    "filing.mark.force": Both(
        fr="Pour l'envoyer tel quel malgré cela, l'administrateur tape : pushdoc retry {id} --force",
        en="To send it as it is all the same, the administrator types: pushdoc retry {id} --force",
    ),
    "filing.mark.rule": Both(
        fr="Si c'est la règle qu'il faut corriger, l'administrateur la change et relance pushdoc : le document repartira "
        "tout seul.",
        en="If it is the rule that must be corrected, the administrator changes it and has pushdoc read it again: the "
        "document will then be sent by itself.",
    ),
    "filing.mark.not_again": Both(
        fr="Ne le déposez pas une deuxième fois : il pourrait être compté deux fois.",
        en="Do not drop it a second time: it might be entered twice.",
    ),
    "filing.mark.if_there": Both(
        fr="S'il y est, l'administrateur tape : pushdoc ack {id} --reason \"déjà reçu\"",
        en='If it is there, the administrator types: pushdoc ack {id} --reason "is there"',
    ),
    "filing.mark.if_not_there": Both(
        fr="S'il n'y est pas, l'administrateur tape : pushdoc retry {id} --force",
        en="If it is not there, the administrator types: pushdoc retry {id} --force",
    ),
    "filing.mark.ack": Both(
        fr="S'il ne doit pas partir, l'administrateur tape : pushdoc ack {id} --reason \"pourquoi\"",
        en='If it must not be sent, the administrator types: pushdoc ack {id} --reason "why"',
    ),
    "filing.mark.end": Both(
        fr="Cette note est écrite par pushdoc, qui l'enlève dès que le document est parti ou classé.",
        en="This note is written by pushdoc, which takes it away once the document has been sent or set aside.",
    ),
}
