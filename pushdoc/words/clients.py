"""What is said about clients: their table, their SIRET, and why a client has no dossier."""

from pushdoc.words.phrase import Both

_CHECK = Both(
    fr="Comparez avec l'avis de situation de l'établissement (INSEE), puis corrigez le SIRET du client dans MCF",
    en="Compare with the establishment's official record (INSEE), then mend the client's SIRET in MCF",
)
_EXPORT = Both(
    fr="Dans le tableur ou dans MCF, choisissez « CSV UTF-8 » comme format d'export",
    en='In the spreadsheet or in MCF, choose "CSV UTF-8" as the export format',
)
_COLUMN = Both(
    fr="Dans [clients] du fichier de règles, écrivez pour folder et siret le nom exact des colonnes de l'export",
    en="Under [clients] in the rules file, give folder and siret the exact names of the export's columns",
)

PHRASES = {
    # SIRET
    "clients.siret_missing": Both(fr="Le SIRET n'est pas renseigné", en="The SIRET is missing"),
    "clients.siret_missing.advice": Both(
        fr="Renseignez le SIRET du client dans MCF et refaites l'export, ou désignez son dossier Inqom"
        " par dossier = … dans le fichier de règles",
        en="Fill in the client's SIRET in MCF and export again, or name its Inqom dossier with dossier = …"
        " in the rules file",
    ),
    "clients.siret_number": Both(
        fr="Le SIRET « {siret} » a été changé en nombre par un tableur : des chiffres ont pu se perdre",
        en='A spreadsheet turned the SIRET "{siret}" into a number: digits may be lost',
    ),
    "clients.siret_number.advice": Both(
        fr="Refaites l'export de MCF sans l'enregistrer depuis un tableur, ou mettez la colonne au format Texte"
        " et ressaisissez les 14 chiffres",
        en="Export from MCF again without saving it from a spreadsheet, or format the column as Text"
        " and type the 14 digits again",
    ),
    "clients.siret_other_digits": Both(
        fr="Le SIRET « {siret} » contient des chiffres d'une autre écriture que 0 à 9",
        en='The SIRET "{siret}" has digits of another script than 0 to 9',
    ),
    "clients.siret_other_digits.advice": Both(
        fr="Ressaisissez les 14 chiffres au clavier dans MCF, sans copier-coller",
        en="Type the 14 digits again in MCF, without copy and paste",
    ),
    "clients.siret_not_digits": Both(
        fr="Le SIRET « {siret} » contient autre chose que des chiffres : {found}",
        en='The SIRET "{siret}" has something else than digits: {found}',
    ),
    "clients.siret_not_digits.advice": Both(
        fr="Écrivez 14 chiffres dans MCF ; attention à la lettre O pour un zéro et à la lettre l pour un 1",
        en="Write 14 digits in MCF; look for the letter O in place of a zero and the letter l in place of a 1",
    ),
    "clients.siret_zero_lost": Both(
        fr="Le SIRET « {siret} » n'a que 13 chiffres : un zéro de tête a sans doute été perdu dans un tableur",
        en='The SIRET "{siret}" has only 13 digits: a spreadsheet has probably dropped a leading zero',
    ),
    "clients.siret_zero_lost.advice": Both(
        fr="Refaites l'export de MCF sans l'enregistrer depuis un tableur ; si MCF n'a aussi que 13 chiffres,"
        " complétez-les d'après l'avis de situation",
        en="Export from MCF again without saving it from a spreadsheet; if MCF has only 13 digits too,"
        " complete them from the establishment's official record",
    ),
    "clients.siret_is_siren": Both(
        fr="« {siret} » n'a que 9 chiffres : c'est un SIREN, pas un SIRET",
        en='"{siret}" has only 9 digits: that is a SIREN, not a SIRET',
    ),
    "clients.siret_is_siren.advice": Both(
        fr="Ajoutez dans MCF les 5 chiffres du NIC, qui désignent l'établissement",
        en="Add in MCF the 5 digits of the NIC, which tell the establishment",
    ),
    "clients.siret_length": Both(
        fr="Le SIRET « {siret} » a {count} {count:?chiffre|chiffres} au lieu de 14",
        en='The SIRET "{siret}" has {count} {count:?digit|digits} in place of 14',
    ),
    "clients.siret_length.advice": _CHECK,
    "clients.siret_zeros": Both(
        fr="Le SIRET « {siret} » commence par un SIREN fait de zéros, qui n'existe pas",
        en='The SIRET "{siret}" begins with a SIREN of zeros, which does not exist',
    ),
    "clients.siret_zeros.advice": Both(
        fr="Remplacez-le dans MCF par le vrai SIRET du client ; tant qu'il n'en a pas, désignez son dossier Inqom"
        " par dossier = … dans le fichier de règles",
        en="Put the client's real SIRET in MCF; as long as it has none, name its Inqom dossier with dossier = …"
        " in the rules file",
    ),
    "clients.siret_siren_wrong": Both(
        fr="Le SIRET « {siret} » est faux : ses 9 premiers chiffres, {siren}, ne sont pas un SIREN"
        " (un chiffre faux, ou deux chiffres inversés)",
        en='The SIRET "{siret}" is wrong: its first 9 digits, {siren}, are no SIREN (one digit wrong, or two swapped)',
    ),
    "clients.siret_siren_wrong.advice": _CHECK,
    "clients.siret_nic_wrong": Both(
        fr="Le SIRET « {siret} » est faux : ses 5 derniers chiffres, {nic}, ne vont pas avec le SIREN"
        " (un chiffre faux, ou deux chiffres inversés)",
        en='The SIRET "{siret}" is wrong: its last 5 digits, {nic}, do not go with the SIREN'
        " (one digit wrong, or two swapped)",
    ),
    "clients.siret_nic_wrong.advice": _CHECK,
    "clients.siret_resembles": Both(
        fr="Le SIRET « {siret} » est faux ; il ressemble à {theirs}, celui du dossier Inqom {dossier}",
        en='The SIRET "{siret}" is wrong; it resembles {theirs}, that of the Inqom dossier {dossier}',
    ),
    "clients.siret_resembles.advice": _CHECK,
    # Folders
    "clients.folder_empty": Both(fr="Le dossier du client n'est pas renseigné", en="The client's folder is missing"),
    "clients.folder_empty.advice": Both(
        fr="Écrivez le chemin du dossier sous la racine des clients, ou supprimez la ligne",
        en="Write the folder's path beneath the clients' root, or delete the row",
    ),
    "clients.folder_absolute": Both(
        fr="Le dossier « {folder} » est un chemin complet",
        en='The folder "{folder}" is an absolute path',
    ),
    "clients.folder_absolute.advice": Both(
        fr="Gardez seulement la partie qui vient après la racine des clients, par exemple Boulangerie Martin",
        en="Keep only the part after the clients' root, Boulangerie Martin for example",
    ),
    "clients.folder_upward": Both(
        fr="Le dossier « {folder} » remonte par « .. », ce qui peut mener hors de la racine des clients",
        en='The folder "{folder}" goes up with "..", which may lead out of the clients\' root',
    ),
    "clients.folder_upward.advice": Both(
        fr="Écrivez le chemin du dossier depuis la racine des clients, sans « .. »",
        en="Write the folder's path from the clients' root, without \"..\"",
    ),
    "clients.folder_control": Both(
        fr="Le dossier « {folder} » contient un retour à la ligne ou un autre caractère invisible",
        en='The folder "{folder}" has a line break or another invisible character in it',
    ),
    "clients.folder_control.advice": Both(
        fr="Ressaisissez le nom du dossier ; si c'est un retour à la ligne, voyez si un guillemet manque avant",
        en="Type the folder's name again; if it is a line break, see whether a quotation mark is missing before it",
    ),
    "clients.twice": Both(
        fr="Le client « {folder} » est déjà nommé à la ligne {earlier} (il l'est encore à la ligne {line})",
        en='The client "{folder}" is already named in line {earlier} (and again in line {line})',
    ),
    "clients.twice.advice": Both(
        fr="Gardez une seule des deux lignes, celle dont le SIRET est le bon",
        en="Keep only one of the two lines, the one with the right SIRET",
    ),
    "clients.in_both": Both(
        fr="Le client « {folder} » est nommé deux fois : {earlier} et {place}",
        en='The client "{folder}" is named twice: {earlier} and {place}',
    ),
    "clients.in_both.advice": Both(
        fr="Retirez-le de l'un des deux endroits ; pour garder un dossier = … écrit dans le fichier de règles,"
        " retirez-le de l'export",
        en="Take it out of one of the two places; to keep a dossier = … written in the rules file,"
        " take it out of the export",
    ),
    # The table
    "clients.table_absent": Both(fr="La table des clients n'existe pas", en="The clients' table does not exist"),
    "clients.table_absent.advice": Both(
        fr="Exportez les dossiers de MCF dans ce fichier, ou corrigez table dans [clients]",
        en="Export the folders of MCF to this file, or mend table under [clients]",
    ),
    "clients.table_forbidden": Both(
        fr="pushdoc n'a pas le droit de lire la table des clients",
        en="pushdoc may not read the clients' table",
    ),
    "clients.table_forbidden.advice": Both(
        fr="Donnez le droit de lecture à l'utilisateur qui lance pushdoc (chmod, chown)",
        en="Give the user that runs pushdoc the right to read it (chmod, chown)",
    ),
    "clients.table_unreadable": Both(
        fr="La table des clients ne peut pas être lue (réponse du système : {error})",
        en="The clients' table cannot be read (the system says: {error})",
    ),
    "clients.table_unreadable.advice": Both(
        fr="Vérifiez le disque ou le partage réseau où elle se trouve",
        en="Check the disk or the network share it lies on",
    ),
    "clients.table_no_file": Both(
        fr="Ce n'est pas un fichier : la table des clients doit être un fichier CSV",
        en="That is no file: the clients' table must be a CSV file",
    ),
    "clients.table_no_file.advice": Both(
        fr="Donnez dans table le chemin du fichier lui-même, par exemple dossiers.csv",
        en="Give in table the path of the file itself, dossiers.csv for example",
    ),
    "clients.table_workbook": Both(
        fr="La table des clients est un classeur de tableur (Excel, LibreOffice), pas un fichier CSV",
        en="The clients' table is a spreadsheet's workbook (Excel, LibreOffice), not a CSV file",
    ),
    "clients.table_workbook.advice": _EXPORT,
    "clients.table_binary": Both(
        fr="La table des clients n'est pas un texte lisible",
        en="The clients' table is no readable text",
    ),
    "clients.table_binary.advice": _EXPORT,
    "clients.table_empty": Both(fr="La table des clients est vide", en="The clients' table is empty"),
    "clients.table_empty.advice": Both(
        fr="Refaites l'export de MCF ; la première ligne doit porter le nom des colonnes",
        en="Export from MCF again; the first line must bear the names of the columns",
    ),
    "clients.table_no_rows": Both(
        fr="La table des clients n'a que sa ligne de titres : aucun client",
        en="The clients' table has only its line of titles: no client",
    ),
    "clients.table_no_rows.advice": Both(
        fr="Refaites l'export de MCF en choisissant tous les dossiers clients",
        en="Export from MCF again, choosing all client folders",
    ),
    "clients.column_missing": Both(
        fr="La colonne « {column} » manque ; les colonnes sont : {columns}",
        en='The column "{column}" is missing; the columns are: {columns}',
    ),
    "clients.column_missing.advice": _COLUMN,
    "clients.column_misspelt": Both(
        fr="La colonne « {column} » manque (peut-être « {nearest} » ?) ; les colonnes sont : {columns}",
        en='The column "{column}" is missing (perhaps "{nearest}"?); the columns are: {columns}',
    ),
    "clients.column_misspelt.advice": _COLUMN,
    "clients.column_twice": Both(
        fr="La colonne « {column} » existe plusieurs fois (colonnes n° {places})",
        en='There are several columns "{column}" (columns no. {places})',
    ),
    "clients.column_twice.advice": Both(
        fr="Renommez ou supprimez celles qui ne servent pas",
        en="Rename or delete those that are not meant",
    ),
    "clients.row_quotes": Both(
        fr="Un guillemet ouvert sur cette ligne n'est pas refermé comme il faut",
        en="A quotation mark opened on this line is not closed as it should be",
    ),
    "clients.row_quotes.advice": Both(
        fr='Un texte entre guillemets finit par " juste avant le séparateur ; un guillemet dans le texte s\'écrit ""',
        en='A quoted text ends with " right before the delimiter; a quotation mark within it is written ""',
    ),
    "clients.row_short": Both(
        fr="La ligne n'a que {count} {count:?champ|champs} sur {expected} : le dossier ou le SIRET manque",
        en="The row has only {count} {count:?field|fields} of {expected}: the folder or the SIRET is missing",
    ),
    "clients.row_short.advice": Both(
        fr="Complétez la ligne ; un champ vide garde son séparateur",
        en="Complete the row; an empty field keeps its delimiter",
    ),
    "clients.row_long": Both(
        fr="La ligne a {count} champs pour {expected} {expected:?colonne|colonnes} : les champs sont décalés",
        en="The row has {count} fields for {expected} {expected:?column|columns}: the fields are shifted",
    ),
    "clients.row_long.advice": Both(
        fr='Mettez entre guillemets le texte qui contient le séparateur, par exemple "Durand, Père et Fils"',
        en='Put the text that has the delimiter in it in quotation marks, "Durand, Père et Fils" for example',
    ),
    # Mapping
    "clients.unknown": Both(
        fr="Aucun dossier Inqom n'a le SIRET {siret}",
        en="No Inqom dossier has the SIRET {siret}",
    ),
    "clients.unknown.advice": Both(
        fr="Renseignez SIREN et NIC du dossier dans Inqom, corrigez le SIRET dans MCF, ou désignez le dossier"
        " par dossier = … dans le fichier de règles ; vérifiez aussi que le compte Inqom voit ce dossier",
        en="Fill in SIREN and NIC of the dossier in Inqom, mend the SIRET in MCF, or name the dossier"
        " with dossier = … in the rules file; check too that the Inqom account sees this dossier",
    ),
    "clients.no_dossiers": Both(
        fr="Inqom ne montre aucun dossier à ce compte",
        en="Inqom shows no dossier to this account",
    ),
    "clients.no_dossiers.advice": Both(
        fr="Dans Inqom, donnez au compte de pushdoc l'accès aux dossiers du cabinet",
        en="In Inqom, give pushdoc's account access to the firm's dossiers",
    ),
    "clients.unknown_nic": Both(
        fr="Aucun dossier Inqom n'a le SIRET {siret} ; l'entreprise existe, avec un autre NIC : {dossiers}",
        en="No Inqom dossier has the SIRET {siret}; the company exists, with another NIC: {dossiers}",
    ),
    "clients.unknown_nic.advice": Both(
        fr="C'est un autre établissement : corrigez le NIC dans Inqom ou le SIRET dans MCF. Si les documents vont"
        " quand même à ce dossier, désignez-le par dossier = … dans le fichier de règles",
        en="That is another establishment: mend the NIC in Inqom or the SIRET in MCF. If the documents belong to this"
        " dossier all the same, name it with dossier = … in the rules file",
    ),
    "clients.unknown_siren_closed": Both(
        fr="Aucun dossier Inqom n'a le SIRET {siret} ; avec le SIREN {siren}, il n'y a que des dossiers sans NIC"
        " et fermés : {dossiers}",
        en="No Inqom dossier has the SIRET {siret}; with the SIREN {siren} there are only closed ones without NIC:"
        " {dossiers}",
    ),
    "clients.unknown_siren_closed.advice": Both(
        fr="Rouvrez le dossier dans Inqom et complétez son NIC, ou désactivez le client (enabled = false)",
        en="Open the dossier again in Inqom and complete its NIC, or disable the client (enabled = false)",
    ),
    "clients.unknown_resembles": Both(
        fr="Aucun dossier Inqom n'a le SIRET {siret} ; {theirs}, celui du dossier {dossier}, lui ressemble",
        en="No Inqom dossier has the SIRET {siret}; {theirs}, that of the dossier {dossier}, resembles it",
    ),
    "clients.unknown_resembles.advice": Both(
        fr="Comparez avec l'avis de situation (INSEE) et corrigez celui des deux qui est faux, dans Inqom ou dans MCF ;"
        " s'il s'agit bien de deux entreprises, créez le dossier dans Inqom",
        en="Compare with the official record (INSEE) and mend the wrong one of the two, in Inqom or in MCF;"
        " if they are two companies, create the dossier in Inqom",
    ),
    "clients.closed": Both(
        fr="Le dossier Inqom du SIRET {siret} est fermé : {dossiers}",
        en="The Inqom dossier of the SIRET {siret} is closed: {dossiers}",
    ),
    "clients.closed.advice": Both(
        fr="Rouvrez le dossier dans Inqom, ou désactivez le client (enabled = false) s'il a quitté le cabinet",
        en="Open the dossier again in Inqom, or disable the client (enabled = false) if it has left the firm",
    ),
    "clients.ambiguous": Both(
        fr="Plusieurs dossiers Inqom ont le SIRET {siret} : {dossiers}",
        en="Several Inqom dossiers have the SIRET {siret}: {dossiers}",
    ),
    "clients.ambiguous.advice": Both(
        fr="Désignez le bon par dossier = … (son numéro) dans le fichier de règles, ou archivez les autres dans Inqom",
        en="Name the right one with dossier = … (its number) in the rules file, or archive the others in Inqom",
    ),
    "clients.ambiguous_siren": Both(
        fr="Aucun dossier Inqom n'a le SIRET {siret}, et plusieurs ont son SIREN sans NIC : {dossiers}",
        en="No Inqom dossier has the SIRET {siret}, and several have its SIREN without a NIC: {dossiers}",
    ),
    "clients.ambiguous_siren.advice": Both(
        fr="Complétez le NIC de ces dossiers dans Inqom, ou désignez le bon par dossier = … dans le fichier de règles",
        en="Complete the NIC of these dossiers in Inqom, or name the right one with dossier = … in the rules file",
    ),
    "clients.probable": Both(
        fr="Le dossier Inqom {dossier} a le SIREN {siren} mais pas de NIC : c'est probablement le bon,"
        " rien n'y est envoyé sans votre accord",
        en="The Inqom dossier {dossier} has the SIREN {siren} but no NIC: it is probably the right one,"
        " nothing is sent there without your consent",
    ),
    "clients.probable.advice": Both(
        fr="Complétez le NIC dans Inqom, ou désignez le dossier par dossier = … dans le fichier de règles ;"
        " allow_probable = true dans [clients] accepte tous les cas de ce genre",
        en="Complete the NIC in Inqom, or name the dossier with dossier = … in the rules file;"
        " allow_probable = true under [clients] accepts all cases of this kind",
    ),
    "clients.probable_allowed": Both(
        fr="Le dossier Inqom {dossier} a le SIREN {siren} mais pas de NIC ; il est utilisé (allow_probable = true)",
        en="The Inqom dossier {dossier} has the SIREN {siren} but no NIC; it is used (allow_probable = true)",
    ),
    "clients.probable_allowed.advice": Both(
        fr="Complétez le NIC dans Inqom pour lever le doute",
        en="Complete the NIC in Inqom to settle the doubt",
    ),
    "clients.pinned_unknown": Both(
        fr="Le dossier « {dossier} », désigné par dossier = … dans le fichier de règles, n'est pas parmi ceux"
        " qu'Inqom montre à ce compte",
        en='The dossier "{dossier}", named with dossier = … in the rules file, is not among those'
        " that Inqom shows to this account",
    ),
    "clients.pinned_unknown.advice": Both(
        fr="Vérifiez ce numéro dans Inqom et l'accès du compte à ce dossier",
        en="Check this number in Inqom, and that the account has access to this dossier",
    ),
    "clients.pinned_closed": Both(
        fr="Le dossier désigné par dossier = … dans le fichier de règles est fermé dans Inqom : {dossier}",
        en="The dossier named with dossier = … in the rules file is closed in Inqom: {dossier}",
    ),
    "clients.pinned_closed.advice": Both(
        fr="Rouvrez-le dans Inqom, désignez-en un autre, ou désactivez le client (enabled = false)",
        en="Open it again in Inqom, name another one, or disable the client (enabled = false)",
    ),
    "clients.pinned_other_siret": Both(
        fr="Les documents vont au dossier {dossier}, désigné par dossier = …, dont le SIRET est {theirs} ;"
        " celui du client est {siret}",
        en="Documents go to the dossier {dossier}, named with dossier = …, whose SIRET is {theirs};"
        " the client's is {siret}",
    ),
    "clients.pinned_other_siret.advice": Both(
        fr="Si c'est voulu, il n'y a rien à faire ; sinon corrigez dossier = … dans le fichier de règles",
        en="If that is intended, there is nothing to do; else mend dossier = … in the rules file",
    ),
}
