"""What is said of a document's content: locked, cut short, empty of pages, not what its name says."""

from pushdoc.words.phrase import Both

PHRASES = {
    "formats.pdf_locked": Both(
        fr="Le PDF est protégé par un mot de passe",
        en="The PDF is protected by a password",
    ),
    "formats.pdf_locked.advice": Both(
        fr="Ouvrez-le avec son mot de passe, enregistrez-le ou imprimez-le en PDF sans mot de passe, puis déposez ce nouveau fichier.",
        en="Open it with its password, save or print it as a PDF without one, then drop the new file.",
    ),
    "formats.pdf_encrypted": Both(
        fr="Le PDF est chiffré ; pushdoc ne peut pas dire s'il s'ouvre sans mot de passe",
        en="The PDF is encrypted; pushdoc cannot tell whether it opens without a password",
    ),
    "formats.pdf_encrypted.advice": Both(
        fr="Ouvrez-le : s'il demande un mot de passe, enregistrez-le sans et déposez ce nouveau fichier.",
        en="Open it: if it asks for a password, save it without one and drop the new file.",
    ),
    "formats.pdf_cut": Both(
        fr="Le PDF est incomplet : il s'arrête avant sa fin",
        en="The PDF is incomplete: it stops before its end",
    ),
    "formats.pdf_cut.advice": Both(
        fr="Déposez-le de nouveau depuis l'original : la numérisation, la copie ou le téléchargement s'est interrompu.",
        en="Drop it again from the original: the scan, the copy or the download broke off.",
    ),
    "formats.pdf_without_pages": Both(
        fr="Le PDF n'a aucune page",
        en="The PDF has no pages",
    ),
    "formats.pdf_without_pages.advice": Both(
        fr="Refaites la numérisation ou l'exportation, puis déposez le nouveau fichier.",
        en="Scan or export it again, then drop the new file.",
    ),
    "formats.other_kind": Both(
        fr="Le contenu est au format {kind}, le nom dit {named}",
        en="The content is {kind}, the name says {named}",
    ),
    "formats.other_kind.advice": Both(
        fr="Donnez au fichier l'extension de son vrai format, ou enregistrez-le au format que dit son nom.",
        en="Give the file the extension of its real format, or save it in the format that its name says.",
    ),
    "formats.not_named_kind": Both(
        fr="Le nom dit {named}, mais le contenu n'est pas de ce format",
        en="The name says {named}, but the content is not of that format",
    ),
    "formats.not_named_kind.advice": Both(
        fr="Ouvrez le fichier : s'il est illisible, déposez-le de nouveau depuis l'original.",
        en="Open the file: if it cannot be read, drop it again from the original.",
    ),
}
