"""What the demo says."""

from pushdoc.words.phrase import Both

PHRASES = {
    "demo.set": Both(
        fr="Un Inqom local est lancé, {documents} {documents:?document|documents} et quelques cas difficiles sont déposés dans {folder}. Envoi…",
        en="A local Inqom is started, {documents} {documents:?document|documents} and some hard cases are dropped in {folder}. Sending…",
    ),
    "demo.received": Both(
        fr="Ce qu'Inqom a reçu, d'après son propre registre :", en="What Inqom received, by its own record:"
    ),
    "demo.once": Both(
        fr="{received} {received:?document reçu|documents reçus} pour {documents} {documents:?déposé|déposés}, chacun une seule fois",
        en="{received} {received:?document|documents} received of {documents} dropped, each exactly once",
    ),
    "demo.twice": Both(
        fr="ATTENTION : {received} reçus pour {documents} déposés, dont certains deux fois",
        en="WARNING: {received} received of {documents} dropped, some of them twice",
    ),
    "demo.archived": Both(fr="Documents archivés, par dossier :", en="Documents archived, by folder:"),
    "demo.marked": Both(
        fr="Marques « Non transmis », à côté de leur document :", en="Marks « Non transmis », beside their documents:"
    ),
    "demo.gone": Both(
        fr="Tout a été effacé ; « pushdoc demo --keep DOSSIER » garde clients, règles et registre.",
        en="All of it was removed; `pushdoc demo --keep DIR` keeps clients, rules and ledger.",
    ),
    "demo.kept": Both(
        fr="""Pour continuer :
  pushdoc -c {rules} status
  pushdoc -c {rules} list
  pushdoc sandbox --port {port!s}        (relance l'Inqom local, vide)
  pushdoc -c {rules} once --wait
Ce qu'Inqom a reçu : {record}
Le courriel quotidien, à ouvrir dans un navigateur : {digest}""",
        en="""To go on:
  pushdoc -c {rules} status
  pushdoc -c {rules} list
  pushdoc sandbox --port {port!s}        (starts the local Inqom again, empty)
  pushdoc -c {rules} once --wait
What Inqom received: {record}
The daily mail, to be opened in a browser: {digest}""",
    ),
    "demo.not_empty": Both(fr="{folder} n'est pas vide", en="{folder} is not empty"),
    "demo.not_empty.advice": Both(
        fr="Donnez un dossier vide, ou qui n'existe pas encore", en="Give an empty folder, or a new one"
    ),
}
