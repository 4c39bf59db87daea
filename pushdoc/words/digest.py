"""What the daily mail says, and the command that shows it."""

from pushdoc.words.phrase import Both

PHRASES = {
    # its subject
    "digest.subject": Both(fr="[pushdoc] {said}, {day}", en="[pushdoc] {said}, {day}"),
    "digest.subject.some_new": Both(
        fr="{count} non transmis dont {new} {new:?nouveau|nouveaux}", en="{count} not sent, {new} of them new"
    ),
    "digest.subject.all_new": Both(fr="{count} non transmis", en="{count} not sent"),
    "digest.subject.none_new": Both(fr="{count} toujours non transmis", en="{count} still not sent"),
    "digest.subject.destinations": Both(fr="{names} en difficulté", en="{names} in trouble"),
    "digest.subject.waiting": Both(
        fr="{count} {count:?document attend|documents attendent}", en="{count} {count:?document waits|documents wait}"
    ),
    "digest.subject.to_check": Both(fr="{count} à vérifier", en="{count} to be checked"),
    "digest.subject.settled": Both(fr="{count} {count:?réglé|réglés}", en="{count} settled"),
    "digest.subject.duplicates": Both(
        fr="{count} {count:?doublon|doublons}", en="{count} {count:?duplicate|duplicates}"
    ),
    "digest.subject.quiet": Both(fr="tout est passé", en="all is well"),
    "digest.subject.delivered": Both(fr="{count} transmis", en="{count} sent"),
    # its beginning
    "digest.title.failing": Both(
        fr="{count} {count:?document non transmis|documents non transmis}",
        en="{count} {count:?document|documents} not sent",
    ),
    "digest.title.others": Both(fr="Quelques points à voir", en="A few things to look at"),
    "digest.title.quiet": Both(fr="Tout est passé", en="All is well"),
    "digest.hello": Both(fr="Bonjour {name},", en="Hello {name},"),
    "digest.summary.quiet": Both(
        fr="Tout est passé : aucun document de vos clients n'attend quelqu'un.",
        en="All is well: no document of your clients needs anybody.",
    ),
    "digest.summary.none": Both(
        fr="Aucun document de vos clients n'est « Non transmis ».", en="No document of your clients is “not sent”."
    ),
    "digest.summary.all_new": Both(
        fr="{count} {count:?document n'a pas été transmis|documents n'ont pas été transmis} ; "
        "{count:?il est resté à sa place, rien n'est perdu|ils sont restés à leur place, rien n'est perdu}.",
        en="{count} {count:?document was|documents were} not sent; {count:?it is|they are} still in place, nothing is "
        "lost.",
    ),
    "digest.summary.some_new": Both(
        fr="{count} documents ne sont pas transmis, dont {new} {new:?nouveau|nouveaux} ; ils sont restés à leur place, "
        "rien n'est perdu.",
        en="{count} documents are not sent, {new} of them new; they are still in place, nothing is lost.",
    ),
    "digest.summary.none_new": Both(
        fr="{count} {count:?document n'est toujours pas transmis|documents ne sont toujours pas transmis} ; aucun n'est "
        "nouveau.",
        en="{count} {count:?document is|documents are} still not sent; none is new.",
    ),
    "digest.delivered.none": Both(
        fr="Aucun document n'a été transmis depuis le dernier courriel.", en="No document was sent since the last mail."
    ),
    "digest.delivered.first.none": Both(
        fr="Aucun document n'a été transmis ces dernières 24 heures.", en="No document was sent in the last 24 hours."
    ),
    "digest.delivered": Both(
        fr="{count} {count:?document a été transmis|documents ont été transmis} depuis le dernier courriel.",
        en="{count} {count:?document was|documents were} sent since the last mail.",
    ),
    "digest.delivered.first": Both(
        fr="{count} {count:?document a été transmis|documents ont été transmis} ces dernières 24 heures.",
        en="{count} {count:?document was|documents were} sent in the last 24 hours.",
    ),
    # its lists
    "digest.new": Both(fr="Nouveaux non transmis ({count})", en="Newly not sent ({count})"),
    "digest.still": Both(fr="Toujours non transmis ({count})", en="Still not sent ({count})"),
    "digest.doubtful": Both(fr="Envoi à vérifier ({count})", en="Sending to be verified ({count})"),
    "digest.doubtful.intro": Both(
        fr="Envoyés, mais aucune réponse n'est venue : la destination est interrogée. Il n'y a rien à faire pour l'instant.",
        en="Sent, but no answer came: the destination is being asked. There is nothing to do for now.",
    ),
    "digest.twice": Both(fr="Peut-être en double ({count})", en="Perhaps there twice ({count})"),
    "digest.twice.intro": Both(
        fr="Regardez dans le logiciel comptable et supprimez la copie en trop.",
        en="Look in the accounting software and delete the copy too many.",
    ),
    "digest.twice.why": Both(
        fr="la destination annonce qu'elle l'avait déjà", en="the destination says that it had it already"
    ),
    "digest.duplicates": Both(fr="Doublons, pas renvoyés ({count})", en="Duplicates, not sent again ({count})"),
    "digest.duplicates.intro": Both(
        fr="Le même contenu est déjà dans le logiciel comptable. Il n'y a rien à faire, sauf s'il devait y être deux fois.",
        en="The same content is in the accounting software already. There is nothing to do, unless it was to be there twice.",
    ),
    "digest.settled": Both(fr="Réglés depuis ({count})", en="Settled since ({count})"),
    "digest.held": Both(fr="En attente de votre accord ({count})", en="Waiting for your approval ({count})"),
    "digest.unmapped": Both(fr="Clients sans dossier comptable ({count})", en="Clients without a dossier ({count})"),
    "digest.pending": Both(fr="Fichiers et dossiers à regarder ({count})", en="Files and folders to look at ({count})"),
    "digest.destinations": Both(fr="Destinations en difficulté ({count})", en="Destinations in trouble ({count})"),
    "digest.destinations.intro": Both(
        fr="Les documents attendent et partiront d'eux-mêmes ; aucun n'est perdu. Si cela dure, prévenez l'administrateur de "
        "pushdoc.",
        en="Documents wait and are sent by themselves later; none is lost. If it lasts, tell pushdoc's administrator.",
    ),
    # one entry
    "digest.number": Both(fr="n° {number!s}", en="no. {number!s}"),
    "digest.kind": Both(fr="{type}, règle « {rule} »", en="{type}, rule “{rule}”"),
    "digest.since": Both(fr="Depuis le {since}", en="Since {since}"),
    "digest.why": Both(fr="Pourquoi :", en="Why:"),
    "digest.todo": Both(fr="Que faire :", en="What to do:"),
    "digest.facts": Both(fr="{place}. {kind}. Depuis le {since}.", en="{place}. {kind}. Since {since}."),
    "digest.all_clients": Both(fr="Tous les clients", en="All clients"),
    "digest.wait": Both(
        fr="{count} {count:?document attend|documents attendent}", en="{count} {count:?document waits|documents wait}"
    ),
    "digest.wait.since": Both(
        fr="{count} {count:?document attend|documents attendent} depuis le {since}",
        en="{count} {count:?document has|documents have} been waiting since {since}",
    ),
    "digest.pair": Both(fr="{one} : {other}", en="{one}: {other}"),
    "digest.documents": Both(fr="{count} {count:?document|documents}", en="{count} {count:?document|documents}"),
    "digest.more": Both(
        fr="Et {count} {count:?autre|autres} : {clients}", en="And {count} {count:?other|others}: {clients}"
    ),
    "digest.more.client": Both(fr="{client} ({count})", en="{client} ({count})"),
    "digest.more.clients": Both(fr="{count} autres clients ({documents})", en="{count} other clients ({documents})"),
    "digest.further": Both(fr="Et {count} {count:?autre|autres}.", en="And {count} {count:?other|others}."),
    "digest.no_dossier": Both(fr="aucun dossier ne lui est relié", en="no dossier is mapped to it"),
    "digest.siret_wrong": Both(fr="Le SIRET « {siret} » est faux", en='The SIRET "{siret}" is wrong'),
    "digest.siret_wrong.advice": Both(
        fr="Comparez avec l'avis de situation de l'établissement (INSEE), puis corrigez le SIRET du client dans MCF",
        en="Compare with the establishment's official notice (INSEE), then correct the client's SIRET in MCF",
    ),
    "digest.no_reason": Both(fr="le motif n'est pas connu", en="the reason is not known"),
    # the command
    "digest.help": Both(
        fr="Ce que dira le prochain courriel quotidien.\n\nÀ chaque collaborateur qui le reçoit. Sans option, le texte "
        "s'affiche et rien ne change.",
        en="What the next daily mail says.\n\nTo each collaborator who gets it. Without an option the text is shown and "
        "nothing changes.",
    ),
    "digest.help.preview": Both(
        fr="Écrire en plus le courriel tel qu'il se lira dans « digest-NOM.html », dans le dossier courant.",
        en="Also write the mail as it will be read to `digest-NAME.html` in the current folder.",
    ),
    "digest.help.send": Both(
        fr="L'envoyer tout de suite ; le courriel de demain reprend à la suite.",
        en="Send it now; tomorrow's mail goes on from there.",
    ),
    "digest.help.to": Both(
        fr="Seulement pour ce collaborateur : son nom ou son adresse.",
        en="Only for this collaborator: name or address.",
    ),
    "digest.one_only": Both(
        fr="« --preview » et « --send » ne vont pas ensemble", en="`--preview` and `--send` do not go together"
    ),
    "digest.one_only.advice": Both(
        fr="« --preview » montre sans rien changer ; « --send » envoie", en="`--preview` shows only; `--send` sends"
    ),
    "digest.no_such_person": Both(
        fr="aucun collaborateur « {sought} » ne reçoit le courriel quotidien",
        en="no collaborator “{sought}” gets the daily mail",
    ),
    "digest.no_such_person.advice": Both(fr="Ceux qui le reçoivent : {names}", en="Those who get it: {names}"),
    "digest.nobody": Both(
        fr="personne ne reçoit le courriel quotidien ; voici ce qu'il dirait de tous les clients",
        en="nobody gets the daily mail; this is what it would say of all clients",
    ),
    "digest.nobody.advice": Both(
        fr="Ajoutez un [[collaborator]] aux règles, et [mail] pour l'envoyer",
        en="Add a [[collaborator]] to the rules, and [mail] to send it",
    ),
    "digest.no_readers": Both(
        fr="aucun collaborateur ne reçoit le courriel quotidien", en="no collaborator gets the daily mail"
    ),
    "digest.no_readers.advice": Both(
        fr="Ajoutez un [[collaborator]] aux règles, ou mettez son digest à true",
        en="Add a [[collaborator]] to the rules, or set its digest to true",
    ),
    "digest.no_mail": Both(
        fr="les règles ne nomment pas de serveur de messagerie : rien ne peut être envoyé",
        en="the rules name no mail server: nothing can be sent",
    ),
    "digest.no_mail.advice": Both(
        fr="Ajoutez la table [mail] aux règles (rules.example.toml la montre)",
        en="Add the table [mail] to the rules (rules.example.toml shows it)",
    ),
    "digest.foreign_file": Both(
        fr="le fichier {path} n'est pas un aperçu de pushdoc : il n'est pas remplacé",
        en="the file {path} is no preview of pushdoc: it is not replaced",
    ),
    "digest.foreign_file.advice": Both(
        fr="Déplacez-le, ou lancez la commande dans un autre dossier",
        en="Move it, or run the command in another folder",
    ),
    "digest.not_written": Both(
        fr="le fichier {path} ne peut pas être écrit : {error}", en="the file {path} cannot be written: {error}"
    ),
    "digest.everybody": Both(fr="à tous", en="everybody"),
    "digest.to": Both(fr="À : {name} <{email}>", en="To: {name} <{email}>"),
    "digest.subject.line": Both(fr="Objet : {subject}", en="Subject: {subject}"),
    "digest.written": Both(fr="Aperçu : {path}", en="Preview: {path}"),
    "digest.no_html": Both(
        fr="le modèle du courriel est en défaut : il partira en texte seul (le journal dit où)",
        en="the mail's template fails: it goes as plain text (the log says where)",
    ),
    "digest.sent": Both(fr="{name} <{email}> : envoyé", en="{name} <{email}>: sent"),
    "digest.sending": Both(
        fr="{name} <{email}> : le service est en train de l'envoyer", en="{name} <{email}>: the service is sending it"
    ),
    "digest.waits": Both(
        fr="{name} <{email}> : pas parti ({reason}) ; pushdoc réessaie le {next:time}",
        en="{name} <{email}>: not sent ({reason}); pushdoc tries again {next:time}",
    ),
    "digest.uncertain": Both(
        fr="{name} <{email}> : remis au serveur, qui n'a pas répondu ; pushdoc le lui redonne le {next:time}",
        en="{name} <{email}>: given to the server, which did not answer; pushdoc gives it again {next:time}",
    ),
    "digest.refused": Both(
        fr="{name} <{email}> : refusé par le serveur ({reason})",
        en="{name} <{email}>: refused by the server ({reason})",
    ),
    "digest.failed": Both(
        fr="{name} <{email}> : n'a pas pu être composé (le journal dit pourquoi)",
        en="{name} <{email}>: could not be composed (the log says why)",
    ),
    # its end
    "digest.end": Both(
        fr="Un document corrigé se redépose au même endroit : il repart tout seul. Pour les autres, donnez son numéro à "
        "l'administrateur de pushdoc : « pushdoc show N° » dit tout, « pushdoc retry N° » renvoie, « pushdoc ack N° » "
        "classe sans suite.",
        en="A corrected document is dropped in the same place: it leaves by itself. For the others, give its number to "
        "pushdoc's administrator: `pushdoc show ID` tells all, `pushdoc retry ID` sends again, `pushdoc ack ID` sets "
        "aside.",
    ),
    "digest.automatic": Both(
        fr="Courriel automatique de pushdoc, établi le {now:time}. Il parle de vos clients seulement.",
        en="An automatic mail of pushdoc, made {now:time}. It speaks of your clients only.",
    ),
}
