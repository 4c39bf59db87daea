"""What is said of Inqom and its answers."""

from pushdoc.words.phrase import Both

_REREAD = Both(
    fr="pushdoc relit la liste des dossiers avant de réessayer.",
    en="pushdoc reads the list of accounting folders again before it retries.",
)
_AGAIN = Both(fr="pushdoc réessaie de lui-même.", en="pushdoc tries again by itself.")
_ASKED = Both(
    fr="Rien à faire : pushdoc demande à Inqom s'il l'a, avant tout nouvel envoi.",
    en="Nothing to do: pushdoc asks Inqom whether it has it, before it sends it again.",
)


def _told(code: str, said: Both, advice: Both | None = None) -> dict[str, Both]:
    """The phrase for an answer without a word, the one (`_because`) for an answer that gives a reason, and the advice."""
    because = Both(fr=f"{said.fr} : {{text}}", en=f"{said.en}: {{text}}")
    texts = {code: said, f"{code}_because": because}
    return texts | {f"{one}.advice": advice for one in texts if advice}


PHRASES = {
    # what Inqom never takes
    "inqom.empty": Both(
        fr="le fichier est vide (0 octet)",
        en="the file is empty (0 bytes)",
    ),
    "inqom.empty.advice": Both(
        fr="Déposez de nouveau le document ; la copie ou la numérisation a sans doute échoué.",
        en="Drop the document again; copying or scanning it must have failed.",
    ),
    "inqom.no_extension": Both(
        fr="le nom du fichier n'a pas d'extension (.pdf, .jpg…) : Inqom ne saurait pas le lire",
        en="the file's name has no extension (.pdf, .jpg…): Inqom could not read it",
    ),
    "inqom.no_extension.advice": Both(
        fr="Ajoutez l'extension au nom du fichier.",
        en="Add the extension to the file's name.",
    ),
    "inqom.no_extraction": Both(
        fr="Inqom ne lit pas les fichiers .{extension} comme « {type} »",
        en="Inqom does not read .{extension} files as “{type}”",
    ),
    "inqom.no_extraction.advice": Both(
        fr="Déposez un PDF ou une image, ou déposez ce fichier parmi les documents « Autre » ou « Administratif ».",
        en="Drop a PDF or an image, or drop this file among the documents “Autre” or “Administratif”.",
    ),
    # this document
    **_told(
        "inqom.refused",
        Both(fr="Inqom a refusé le document (code {status})", en="Inqom refused the document (code {status})"),
        Both(
            fr="Ouvrez le document pour voir s'il est lisible et corrigez ce qu'Inqom indique ; puis relancez l'envoi, "
            "ou déposez-le à la main dans Inqom.",
            en="Open the document to see whether it can be read, and mend what Inqom says; then retry it, "
            "or drop it into Inqom by hand.",
        ),
    ),
    "inqom.too_large": Both(
        fr="le document est trop lourd pour Inqom",
        en="the document is too large for Inqom",
    ),
    "inqom.too_large.advice": Both(
        fr="Allégez-le (numérisez à 200 ou 300 points par pouce, ou partagez-le), puis déposez-le de nouveau.",
        en="Make it smaller (scan at 200 or 300 dots an inch, or split it), then drop it again.",
    ),
    # this dossier
    **_told(
        "inqom.forbidden",
        Both(
            fr="Inqom refuse à ce compte l'accès au dossier (403)",
            en="Inqom does not let this account into the accounting folder (403)",
        ),
        Both(
            fr=f"Dans Inqom, donnez au compte de pushdoc le droit de déposer dans ce dossier. {_REREAD.fr}",
            en=f"In Inqom, give pushdoc's account the right to drop documents there. {_REREAD.en}",
        ),
    ),
    **_told(
        "inqom.dossier_unknown",
        Both(
            fr="Inqom ne connaît pas ce dossier (404)",
            en="Inqom does not know this accounting folder (404)",
        ),
        Both(
            fr=f"{_REREAD.fr} Si le dossier a été supprimé, corrigez le SIRET ou le dossier imposé dans les règles.",
            en=f"{_REREAD.en} If it was deleted, mend the SIRET or the folder pinned in the rules.",
        ),
    ),
    # nobody knows
    **_told(
        "inqom.conflict",
        Both(
            fr="Inqom dit avoir déjà ce document (409)",
            en="Inqom says that it has this document already (409)",
        ),
        _ASKED,
    ),
    "inqom.no_receipt": Both(
        fr="Inqom a répondu {status} sans numéro de document : il est peut-être arrivé",
        en="Inqom answered {status} without a document number: it may have arrived",
    ),
    "inqom.no_receipt.advice": _ASKED,
    "inqom.failed_after": Both(
        fr="Inqom est tombé en panne ({status}) après avoir reçu tout le document : il est peut-être arrivé",
        en="Inqom failed ({status}) after it had got all of the document: it may have arrived",
    ),
    "inqom.failed_after.advice": _ASKED,
    "inqom.lookalike": Both(
        fr="Inqom a un document de même nom et de même taille, sans qu'on puisse dire si c'est le même (n° {ids})",
        en="Inqom has a document of the same name and size, and nothing tells whether it is the same (no. {ids})",
    ),
    "inqom.lookalike.advice": Both(
        fr="Comparez-les dans Inqom, puis relancez l'envoi, ou prenez-en acte si c'est bien lui.",
        en="Compare them in Inqom, then retry it, or acknowledge it if it is the same.",
    ),
    "inqom.no_dossier": Both(
        fr="le document n'a pas encore de dossier où le chercher",
        en="the document has no accounting folder yet to look for it in",
    ),
    "inqom.no_dossier.advice": _REREAD,
    "inqom.list_endless": Both(
        fr="la liste des documents du dossier ne finit pas ({pages} pages lues)",
        en="the list of the accounting folder's documents has no end ({pages} pages read)",
    ),
    "inqom.list_endless.advice": _ASKED,
    # the service, the account, the rules
    **_told(
        "inqom.list_forbidden",
        Both(
            fr="Inqom refuse de montrer ce que ce compte devrait voir (403)",
            en="Inqom refuses to show what this account should see (403)",
        ),
        Both(
            fr="Vérifiez les droits du compte dans Inqom, puis scope dans les règles.",
            en="Check the account's rights in Inqom, then scope in the rules.",
        ),
    ),
    "inqom.too_fast": Both(
        fr="Inqom demande de ralentir (429)",
        en="Inqom asks us to slow down (429)",
    ),
    "inqom.too_fast.advice": Both(
        fr="Si cela dure, un autre logiciel utilise le même compte : baissez requests_per_second dans les règles.",
        en="If this lasts, another program uses the same account: lower requests_per_second in the rules.",
    ),
    "inqom.not_now": Both(
        fr="Inqom demande de revenir plus tard (code {status})",
        en="Inqom asks us to come back later (code {status})",
    ),
    "inqom.not_now.advice": _AGAIN,
    "inqom.failed": Both(
        fr="Inqom est en panne (code {status})",
        en="Inqom is out of order (code {status})",
    ),
    "inqom.failed.advice": Both(
        fr="pushdoc réessaie de lui-même. Si cela dure, voyez l'état du service chez Inqom.",
        en="pushdoc tries again by itself. If this lasts, see the service's state at Inqom.",
    ),
    "inqom.unreadable": Both(
        fr="la réponse ne vient pas d'Inqom : sans doute un portail d'accès à Internet ou un proxy s'est interposé",
        en="the answer is not one of Inqom's: an Internet access portal or a proxy must have stepped in",
    ),
    "inqom.unreadable.advice": Both(
        fr="Ouvrez l'adresse dans un navigateur sur cette machine, et vérifiez les adresses dans les règles.",
        en="Open the address in a browser on this machine, and check the addresses in the rules.",
    ),
    "inqom.wrong_address": Both(
        fr="une adresse d'Inqom est mal réglée : elle répond {status}",
        en="one of Inqom's addresses is set wrongly: it answers {status}",
    ),
    "inqom.wrong_address.advice": Both(
        fr="Vérifiez token_url, api_url et documents_url dans les règles. Rien n'a été envoyé ailleurs.",
        en="Check token_url, api_url and documents_url in the rules. Nothing was sent elsewhere.",
    ),
    "inqom.token_rejected": Both(
        fr="Inqom refuse le jeton qu'il vient de donner (401)",
        en="Inqom refuses the token that it has just given (401)",
    ),
    "inqom.token_rejected.advice": Both(
        fr="Vérifiez que token_url et api_url sont du même environnement (production ou recette), puis scope.",
        en="Check that token_url and api_url are of the same environment (production or staging), then scope.",
    ),
    "inqom.no_company": Both(
        fr="ce compte ne voit aucune société ni aucun dossier dans Inqom",
        en="this account sees no company and no accounting folder in Inqom",
    ),
    "inqom.no_company.advice": Both(
        fr="Dans Inqom, rattachez le compte au cabinet.",
        en="In Inqom, attach the account to the firm.",
    ),
    # the token
    "inqom.wrong_password": Both(
        fr="Inqom refuse l'identifiant ou le mot de passe",
        en="Inqom refuses the login or the password",
    ),
    "inqom.wrong_password.advice": Both(
        fr="Vérifiez username et password en vous connectant à Inqom avec eux.",
        en="Check username and password by logging in to Inqom with them.",
    ),
    "inqom.wrong_client": Both(
        fr="Inqom refuse le client id ou le client secret",
        en="Inqom refuses the client id or the client secret",
    ),
    "inqom.wrong_client.advice": Both(
        fr="Vérifiez client_id et client_secret. Les clés de la recette et de la production ne sont pas les mêmes.",
        en="Check client_id and client_secret. Staging and production have different keys.",
    ),
    "inqom.client_not_allowed": Both(
        fr="Inqom n'admet pas ce client id pour une connexion par mot de passe",
        en="Inqom does not admit this client id for logging in by password",
    ),
    "inqom.client_not_allowed.advice": Both(
        fr="Demandez à Inqom une clé d'API pour une connexion par mot de passe (grant type « password »).",
        en="Ask Inqom for an API key that allows logging in by password (grant type “password”).",
    ),
    "inqom.wrong_scope": Both(
        fr="Inqom n'accorde pas les droits demandés (scope)",
        en="Inqom does not grant the rights asked for (scope)",
    ),
    "inqom.wrong_scope.advice": Both(
        fr="Corrigez scope dans les règles ; sa valeur habituelle est « openid apidata ».",
        en="Mend scope in the rules; its usual value is “openid apidata”.",
    ),
    "inqom.second_factor": Both(
        fr="ce compte Inqom a une double authentification : pushdoc ne peut pas s'en servir",
        en="this Inqom account has a second factor: pushdoc cannot use it",
    ),
    "inqom.second_factor.advice": Both(
        fr="Créez dans Inqom un compte réservé à pushdoc, sans double authentification.",
        en="In Inqom, create an account for pushdoc alone, without a second factor.",
    ),
    "inqom.token_refused": Both(
        fr="Inqom refuse la connexion (code {status})",
        en="Inqom refuses to let us in (code {status})",
    ),
    "inqom.token_refused.advice": Both(
        fr="Vérifiez username, password, client_id, client_secret et token_url.",
        en="Check username, password, client_id, client_secret and token_url.",
    ),
}
