"""Why a document has no rule or client any more that it could be sent by."""

from pushdoc.words.phrase import Both

_BACK_FR = (
    "Il partira tout seul quand {what} et que pushdoc aura relu ses règles (systemctl reload pushdoc) ; s'il ne doit "
    "plus partir : pushdoc ack"
)
_BACK_EN = (
    "It leaves by itself once {what} and pushdoc has read its rules anew (systemctl reload pushdoc); if it is not to be "
    "sent any more: pushdoc ack"
)


def _back(fr: str, en: str) -> Both:
    return Both(fr=_BACK_FR.replace("{what}", fr), en=_BACK_EN.replace("{what}", en))


PHRASES = {
    "heirs.rule_gone": Both(
        fr="la règle « {rule} », par laquelle il a été pris, n'existe plus, et aucune autre ne prend son dossier",
        en="the rule “{rule}” that has taken it is not there any more, and no other takes its folder",
    ),
    "heirs.rule_gone.advice": _back(
        "la règle sera remise, ou qu'une autre prendra ce dossier (pushdoc rules add),",
        "the rule is back, or another takes this folder (pushdoc rules add),",
    ),
    "heirs.rule_of_others": Both(
        fr="la règle « {rule} », par laquelle il a été pris, n'est plus pour le client « {client} », et aucune autre ne "
        "prend son dossier",
        en="the rule “{rule}” that has taken it is not for the client “{client}” any more, and no other takes its folder",
    ),
    "heirs.rule_of_others.advice": _back(
        "une règle (« clients ») sera de nouveau pour ce client", "a rule (`clients`) is for this client again"
    ),
    "heirs.client_gone": Both(
        fr="le client « {client} » n'est plus dans la liste des clients",
        en="the client “{client}” is not in the list of clients any more",
    ),
    "heirs.client_gone.advice": _back(
        "le client sera de nouveau dans la table ou dans les règles", "the client is in the table or in the rules again"
    ),
    "heirs.client_disabled": Both(
        fr="le client « {client} » est désactivé (« enabled », ou « only » de [clients])",
        en="the client “{client}” is disabled (`enabled`, or `only` of [clients])",
    ),
    "heirs.client_disabled.advice": _back("le client sera de nouveau activé", "the client is enabled again"),
    "heirs.destination_gone": Both(
        fr="il était en cours d'envoi ou à vérifier auprès de « {destination} », qui n'est plus dans les règles : personne "
        "ne peut dire s'il est arrivé",
        en="it was being sent to “{destination}”, or to be verified there, which is not in the rules any more: nobody can "
        "say whether it has arrived",
    ),
    "heirs.destination_gone.advice": Both(
        fr="Si la destination revient dans les règles, elle sera interrogée toute seule ; sinon cherchez-le là-bas : s'il y "
        "est, pushdoc ack ; sinon, pushdoc retry --force",
        en="If the destination comes back into the rules, it is asked by itself; if not, look for it there: if it has it, "
        "pushdoc ack; if not, pushdoc retry --force",
    ),
    "decisions.destination_gone": Both(
        fr="n° {id!s} : sa destination « {destination} » n'est plus dans les règles et ne peut pas être interrogée",
        en="no. {id!s}: its destination “{destination}” is not in the rules any more and cannot be asked",
    ),
    "decisions.destination_gone.advice": Both(
        fr="Cherchez le document là-bas ; s'il n'y est pas : pushdoc retry {id!s} --force",
        en="Look for the document there; if it is not there: pushdoc retry {id!s} --force",
    ),
}
