"""What happens next to documents of which a person has decided, and which clients were meant."""

from pushdoc.words.phrase import Both

PHRASES = {
    "outlook.soon": Both(
        fr="pushdoc est en marche : {count:?il part|ils partent} dans les secondes qui viennent",
        en="pushdoc is running: {count:?it leaves|they leave} within seconds",
    ),
    "outlook.stopped": Both(
        fr="pushdoc est arrêté : {count:?il partira|ils partiront} quand vous le lancerez (« systemctl start pushdoc » ; "
        "ou « pushdoc once », pour un seul passage)",
        en="pushdoc is stopped: {count:?it leaves|they leave} when you start it (`systemctl start pushdoc`; or `pushdoc "
        "once`, for a single pass)",
    ),
    "outlook.paused": Both(
        fr="« {destination} » est en pause jusqu'au {until:time} ({reason}) : {count:?il partira|ils partiront} ensuite",
        en="“{destination}” is paused until {until:time} ({reason}): {count:?it leaves|they leave} after that",
    ),
    "outlook.down": Both(
        fr="« {destination} » ne reçoit plus rien ({reason}) : {count:?il partira|ils partiront} quand ce sera corrigé",
        en="“{destination}” takes nothing any more ({reason}): {count:?it leaves|they leave} once that is mended",
    ),
    "outlook.no_dossier": Both(
        fr="{count} {count:?attend|attendent} : pas de dossier comptable pour {clients} (« pushdoc map » dit pourquoi)",
        en="{count} {count:?waits|wait}: no accounting folder for {clients} (`pushdoc map` says why)",
    ),
    "outlook.asked": Both(
        fr="{count} {count:?est peut-être arrivé|sont peut-être arrivés} : « {destination} » est d'abord "
        "{count:?interrogée, et il ne repart que si elle ne l'a pas|interrogée, et ils ne repartent que si elle ne les "
        "a pas}",
        en="{count} may have arrived: “{destination}” is asked first, and {count:?it is|they are} sent only if it does "
        "not have {count:?it|them}",
    ),
    "outlook.again": Both(
        fr="{count} {count:?pourra s'y trouver deux fois : il y était|pourront s'y trouver deux fois : ils y étaient} "
        "peut-être déjà",
        en="{count} may be there twice: {count:?it was|they were} perhaps there before",
    ),
    "outlook.aside": Both(
        fr="les fichiers restent à leur place et ne seront pas envoyés ; « pushdoc retry N° » les enverrait",
        en="the files stay where they are and are not sent; `pushdoc retry ID` would send them",
    ),
    "outlook.mark_soon": Both(
        fr="pushdoc est en marche : les marques « Non transmis » disparaissent à son prochain passage",
        en="pushdoc is running: the marks « Non transmis » go with its next round",
    ),
    "outlook.mark_later": Both(
        fr="pushdoc est arrêté : les marques « Non transmis » disparaîtront quand vous le lancerez",
        en="pushdoc is stopped: the marks « Non transmis » go when you start it",
    ),
    "outlook.none": Both(fr="aucun document « Non transmis »", en="no document is « Non transmis »"),
    "outlook.none_of": Both(
        fr="aucun document « Non transmis » pour {clients}", en="no document of {clients} is « Non transmis »"
    ),
    "meant.nobody": Both(fr="aucun client ne s'appelle « {read} »", en="no client is called “{read}”"),
    "meant.nobody.advice": Both(
        fr='Donnez son dossier, une partie de son nom, ou un motif comme "SCI *" ; « pushdoc map » montre les clients',
        en='Give its folder, a part of its name, or a pattern like "SCI *"; `pushdoc map` shows the clients',
    ),
    "meant.nobody_near": Both(
        fr="aucun client ne s'appelle « {read} » ; vouliez-vous dire « {near} » ?",
        en="no client is called “{read}”; did you mean “{near}”?",
    ),
    "meant.nobody_near.advice": Both(fr='Recommencez avec : --client "{near}"', en='Try again with: --client "{near}"'),
    "meant.several": Both(
        fr="« {read} » peut désigner plusieurs clients : {clients}", en="“{read}” may be several clients: {clients}"
    ),
    "meant.several.advice": Both(
        fr='Donnez le nom entier (--client peut être répété), ou un motif qui les désigne tous, comme "*{read}*"',
        en='Give the whole name (--client may be repeated), or a pattern that means all of them, like "*{read}*"',
    ),
}
