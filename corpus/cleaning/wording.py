"""What pages print around an article, in all languages together.

A phrase is compared with `lines.Line.key`: lower case, "#" for any number, no signs at its
ends. "…" stands for any words, where the line as a whole is no sentence; "*" for any words at
all. Lines with quotation marks are compared with whole phrases only: they may report on one.
"""

from __future__ import annotations

#: Marks that stand between the paragraphs: skip links, buttons, advertisement marks, players.
MARKS = """
auto-refresh | auto-refresh: on | page refreshes automatically … | live feed | live reporting
show key events only | jump to recipe | duration: # | durée : # | durée #: # | durée: # | durée #
durata # | durata: # | photo # sur # | image # sur # | foto # di # | immagine # di #
sponsored by … | presented by … | in partnership with … | in collaborazione con …
en partenariat avec … | sponsorisé par … | sort by … | newest first | oldest first | view profile
see full bio | suggest an edit | envoyer par … | invia via … | invia tramite … | view more
see full coverage | full coverage | rotate device | tap to expand | swipe for more | scroll down
swipe | passer la publicité | fermer la publicité | cacher | chiudi annuncio | dopo la pubblicità
mode lecture | taille du texte | modalità lettura | dimensione testo | mettre en favori
aggiungi ai segnalibri | ajouter à ma sélection | segui la diretta | suivre le direct
skip navigation | skip to … | advertisement - … | advertisement: … | story continues below ad
article continues after ad | photo gallery | photos | play episode | listen to the podcast
play podcast | play now | watch now | watch live | publicité - … | pubblicità - …
annuncio pubblicitario | spazio pubblicitario | la suite de l'article * | lire la suite …
continua la lettura | continua a leggere … | # ' di lettura | #' di lettura | # minuto di lettura
# minute de lecture | dernière mise à jour | galerie photos | photogallery | fotogallery
guarda le foto | guarda la fotogallery | le foto | skip to content | skip to main content
skip to navigation | skip to main | skip advertisement | skip ad | jump to content
jump to main content | menu | main menu | toggle navigation | open menu | close menu | toggle menu
open navigation | close | search | log in | login | sign in | sign out | log out | register
my account | create account | subscribe | subscribe now | breadcrumb | breadcrumbs | advertisement
advertisements | advertising | ad | sponsored | sponsored content | paid content
promoted content | paid post | article continues below | story continues below
article continues below advertisement | article continues after advertisement
story continues below advertisement | story continues after advertisement | advertisement feature
continue reading below | continue reading | scroll to continue | keep reading | remove ads | share
share this | share this article | share this story | share this post | share this page
share full article | share article | share story | copy link | copy link to post | link copied
share on … | share via … | share to … | share with … | tweet | tweet this | retweet | email this
email this article | email article | print | print this article | print article | print this page
click to share on * | click to print * | click to email * | opens in new window | save
save article | save for later | save story | saved | bookmark | add to favourites
add to favorites | gift this article | give this article | reprints | comment | view comments
listen | listen to this article | listen to article | listen to story | listen to this story
play | play audio | play video | pause | watch video | watch the video | watch: … | video: …
video | videos | listen: … | duration # | # / # | mute | unmute | fullscreen | loading
loading... | view gallery | view image in fullscreen | open image in gallery | enlarge image
image # of # | photo # of # | slide # of # | # of # | # / # photos | image caption | image source
expand image | hide caption | toggle caption | figure caption | live | live updates | refresh
refresh page | auto-update: on | auto-update: off | auto-update | load more | load more posts
load more updates | load more comments | show more | show less | see more | read full story
# min | # mins | # minutes | # min read | # mins read | # minute read | # minutes read
# minute read time | reading time # min | reading time: # min | reading time # minutes
reading time: # minutes | estimated reading time: # minutes | read time: # min
read time: # minutes | read in # minutes | # shares | # views | # likes | # reads | back to top
top of page | return to top | dark mode | text size | font size | change text size | read more
learn more | find out more | click here | more info | next article | previous article | previous
next | next page | previous page | accept | accept all | accept all cookies | accept cookies
reject | reject all | reject all cookies | manage cookies | cookie settings | manage preferences
manage settings | i agree | got it | follow | following | follow author | see all | view all
add as preferred source on google | google news | add us on google | set as preferred source
aller au contenu | aller au contenu principal | aller à la navigation | passer au contenu
accéder au contenu | accéder au contenu principal | aller au menu | fermer | ouvrir le menu
rechercher | recherche | se connecter | connexion | s'inscrire | s'abonner | je m'abonne
mon compte | s'identifier | fil d'ariane | publicité | annonce | contenu sponsorisé | partenariat
la suite après cette publicité | la suite après la publicité | suite après la publicité
lire la suite | lire la suite de l'article | partager | partager l'article | partager cet article
partager ce message | partager sur … | partager par … | partager via … | partager la publication
copier le lien | lien copié | envoyer par e-mail | envoyer par mail | envoyer à un ami | imprimer
imprimer l'article | enregistrer | ajouter à vos favoris | ajouter aux favoris
ajouter à mes favoris | lire plus tard | sauvegarder | offrir l'article | offrir cet article
écouter | écouter l'article | écouter cet article | lancer la lecture | lire la vidéo
voir la vidéo | regarder la vidéo | vidéo. … | vidéo : … | vidéo: … | vidéo | en vidéo : …
en direct | direct | actualiser | rafraîchir | activer les notifications | voir plus
afficher plus | charger plus | en savoir plus | # min de lecture | # minutes de lecture
lecture # min | lecture : # min | lecture # minutes | temps de lecture | temps de lecture : # min
temps de lecture # min | temps de lecture: # min | temps de lecture : # minutes
temps de lecture estimé : # min | haut de page | retour en haut | retour en haut de page
retour en haut de la page | agrandir l'image | tout accepter | tout refuser | accepter | refuser
accepter et fermer | continuer sans accepter | paramétrer | paramétrer les cookies
gérer les cookies | réagir | commenter | suivre | article précédent | article suivant | précédent
suivant | vai al contenuto | vai al contenuto principale | salta al contenuto | passa al contenuto
vai al menu | apri menu | apri il menu | chiudi menu | chiudi | cerca | ricerca | accedi
registrati | abbonati | abbonati ora | abbonati subito | il mio account | esci | pubblicità
annuncio | messaggio promozionale | contenuto sponsorizzato
continua a leggere dopo la pubblicità | l'articolo continua dopo la pubblicità
l'articolo prosegue dopo la pubblicità | continua dopo la pubblicità | continua a leggere
leggi tutto | leggi di più | condividi | condividi l'articolo | condividi questo articolo
condividi questo aggiornamento | condividi su … | condividi via … | condividi con … | copia link
copia il link | link copiato | stampa | stampa articolo | stampa l'articolo | invia
invia per email | invia per e-mail | invia via email | salva | salva articolo | salva la ricetta
vota questa ricetta | aggiungi ai preferiti | ascolta | ascolta l'articolo
ascolta questo articolo | ascolta l'articolo ora | riproduci | riproduci video | guarda il video
guarda video | guarda: … | video : … | diretta | in diretta | aggiorna
carica altri aggiornamenti | carica altri | carica altro | mostra altro | mostra di più
vedi altro | attiva le notifiche | # min di lettura | # minuti di lettura | lettura # min
tempo di lettura | tempo di lettura: # min | tempo di lettura # min | tempo di lettura: # minuti
tempo di lettura # minuti | torna su | torna all'inizio | torna in alto | accetta | accetta tutti
accetta tutto | accetta i cookie | accetta e continua | rifiuta | rifiuta tutti | rifiuta tutto
gestisci cookie | gestisci i cookie | gestisci preferenze | personalizza | commenta | segui
articolo precedente | articolo successivo | ingrandisci immagine | zum inhalt springen
zum hauptinhalt springen | anzeige | werbung | teilen | drucken | merken | artikel teilen
artikel merken | artikel anhören | vorlesen | mehr anzeigen | mehr lesen | weiterlesen | anmelden
registrieren | abonnieren | # min lesezeit | # minuten lesezeit | lesezeit: # minuten
lesezeit: # min | nach oben | link kopieren | suche | alle akzeptieren | saltar al contenido
ir al contenido | ir al contenido principal | publicidad | compartir | compartir en … | imprimir
guardar | escuchar | escuchar artículo | iniciar sesión | suscribirse | suscríbete | regístrate
leer más | seguir leyendo | ver más | copiar enlace | buscar | # min de lectura
# minutos de lectura | tiempo de lectura: # min | volver arriba | aceptar todo
ir para o conteúdo | pular para o conteúdo | publicidade | compartilhar | partilhar | assine
entrar | continua após a publicidade | leia mais | copiar link | # min de leitura
# minutos de leitura
"""

#: Requests to the reader. Behind the last sentence of an article they end it.
PROMPTS = """
get the * every * | get our * | get all * every *
register now … | register free … | log in to *
sign in to * | this article is free * | this article is available * | this content is available *
this article is only *
become a * member * | your support * | chip in now | vos commentaires | votre commentaire
votre nom | il tuo commento | il tuo nome | your comment | your name | take our survey *
vous avez une information * | une info à partager * | un témoignage * | hai una notizia *
hai una segnalazione * | mandaci * | inviaci * | envoyez-nous * | partagez votre *
racontez-nous * | raccontaci * | share your thoughts * | share your views *
tell us what you think * | cet article vous a été offert * | questo articolo ti è *
offre spéciale … | offerta speciale … | special offer … | essai gratuit * | prova gratis *
sans engagement * | cancel anytime * | cancel any time * | annulla quando vuoi *
créez un compte * | créez votre compte * | crea un account * | crea il tuo account *
activez les notifications * | attiva le notifiche * | abonnez-vous au * | abonnez-vous à la *
* to continue reading * | * to keep reading * | * to read the full * | * log in or register *
* sign in or register * | * available to subscribers * | * for subscribers only
* for full access * | * available only to subscribers * | * for registered users *
have a news tip * | send your * to * | email us at * | * email us at * | thank you for reading *
thanks for reading * | was this article * | was this story * | was this page *
quality journalism * | support quality journalism | want to read more * | want more * newsletter *
* pour lire la suite * | * pour continuer à lire * | * poursuivre la lecture *
* réservé aux abonnés | * réservée aux abonnés | * réservé à nos abonnés *
merci de votre lecture * | écrivez-nous * | contactez la rédaction * | pour nous contacter *
* per continuare a leggere * | * per leggere l'articolo completo * | * riservato agli abbonati *
scrivi alla redazione * | scrivici * | grazie per aver letto * | * per proseguire la lettura *
sign up | sign up now | sign me up | sign up here | sign up to our * | sign up for our *
sign up to … | sign up for … | sign up today … | sign up with … | subscribe to our *
subscribe for … | subscribe to … | subscribe now for * | subscribe today *
subscribe for full access * | start your free trial * | subscribe here | subscribe to continue *
subscribe to read * | to continue reading * | to read the full * | join our * | * in your inbox *
* to your inbox * | enter your email * | your email | your email address | email address
* our newsletter * | * our newsletters * | * our daily newsletter * | * our weekly newsletter *
* our free newsletter * | newsletter: … | newsletter sign-up | get our newsletter *
get the newsletter * | you can unsubscribe at any time | unsubscribe at any time
* unsubscribe at any time * | by clicking * you agree * | our emails may contain *
* see our privacy notice | see our privacy policy * | no spam * | thanks for signing up *
thank you for signing up * | thanks for subscribing * | don't miss out … | don't miss out: *
don't miss a story * | never miss a story * | never miss an * | download our app *
download our * app * | download the app * | download our free * | get the app * | get our app *
get our free app * | open in app | open in the app | available on the app store *
download on the app store | get it on google play | join our whatsapp *
this article is for subscribers * | this content is for subscribers *
this story is for subscribers * | this article is for paying * | this article is exclusive to *
this article is reserved for * | this is a premium article * | premium content
for subscribers only | subscriber exclusive | already a subscriber * | already a member *
already have an account * | already subscribed * | not a subscriber * | don't have an account *
you have # free articles * | you have read # of * | # free articles left * | we use cookies *
we and our partners * | this site uses cookies * | this website uses cookies *
our site uses cookies * | our website uses cookies * | * read our cookie policy *
* our cookie policy * | we value your privacy * | your privacy choices *
please enable javascript * | * enable javascript * | you need javascript *
your browser does not support * | please turn off your ad * | ad blocker * detected *
enjoying this story * | enjoyed this article * | enjoy this article * | did you enjoy this *
like this article * | if you enjoyed this * | if you liked this * | was this article helpful *
was this helpful * | did you find this * | how useful was * | support independent journalism *
support our journalism * | support our work * | * support our journalism * | make a donation *
donate now | become a member * | become a supporter * | become a subscriber * | buy us a coffee *
follow us | follow us on * | follow us at * | like us on * | connect with us *
follow our whatsapp * | follow our channel * | follow our live … | follow @ *
follow … on twitter | follow … on x | follow … on facebook | follow … on instagram
follow … on google news | have a story * | do you have a story * | got a tip * | got a story *
have a tip * | do you know more * | contact the newsroom * | email the author *
contact the author * | report an error | report a correction * | report a typo *
suggest a correction * | report this ad * | spotted a mistake * | join the conversation *
join the discussion * | join the debate * | # comments | # comment | comments (# | comments: #
comments # | comment (# | leave a comment * | leave a reply * | post a comment | add a comment
write a comment | be the first to comment | add your comment | have your say * | show comments
comments are closed * | comments have been closed * | log in to comment * | sign in to comment *
login to comment * | please log in to * | you must be logged in to * | read comments
view # comments | view all comments | what do you think * comments *
let us know in the comments * | tell us in the comments * | tags: * | tag: * | tagged: *
tagged with * | tagged in … | topics: * | filed under * | filed to * | categories: * | category: *
keywords: * | posted in * | in this article: * | more on this: * | inscrivez-vous à *
inscrivez-vous pour * | inscrivez-vous | je m'inscris | recevez chaque * | recevez tous *
recevez toute * | recevez nos * | recevez notre * | recevez gratuitement * | recevez l'essentiel *
recevez le meilleur * | recevez les * | recevez en * | abonnez-vous | abonnez-vous à *
abonnez-vous pour * | abonnez-vous dès * | abonnez-vous et * | abonnez vous *
votre adresse e-mail * | votre adresse email * | votre adresse mail * | votre e-mail | votre email
* notre newsletter * | * nos newsletters * | newsletter : * | newsletters : * | newsletter … : …
* à tout moment * désabonner * | * désinscrire à tout moment * | * désabonner à tout moment *
* boîte mail | * votre boîte mail * | cet article est réservé * | article réservé *
réservé aux abonnés | contenu réservé * | article abonné | il vous reste # % *
il vous reste # * à lire | la suite est réservée * | la lecture de cet article *
pour lire la suite * | pour continuer la lecture * | accédez à tous * | déjà abonné *
déjà abonnée * | déjà inscrit * | vous êtes abonné * | vous avez déjà un compte *
pas encore abonné * | nous utilisons des cookies * | nous et nos partenaires *
avec votre accord, nous * | en poursuivant votre navigation * | nous respectons votre vie privée *
veuillez activer javascript * | téléchargez notre * | téléchargez l'appli *
téléchargez l'application * | télécharger l'application * | télécharger notre * | suivez-nous *
suivez nous * | suivez-nous sur * | retrouvez-nous sur * | rejoignez-nous * | rejoignez notre *
suivez notre chaîne * | suivez toute l'actualité * | suivez l'actualité *
retrouvez toute l'actualité * | retrouvez tous nos * | soutenez-nous * | soutenez notre *
soutenez un journalisme * | faire un don | je fais un don | faites un don *
cet article vous a plu * | vous avez aimé cet article * | vous aimez cet article *
cet article vous a été utile * | signaler une erreur | signaler une faute *
une erreur dans l'article * | # commentaires | # commentaire | commentaires (# | commentaire (#
laisser un commentaire * | ajouter un commentaire | réagir à cet article | réagissez *
donnez votre avis * | poster un commentaire | voir les commentaires * | lire les commentaires *
connectez-vous pour * | vous devez être connecté * | lire aussi les commentaires *
participez à la discussion * | mots-clés : * | mots clés : * | mots-clés: * | tags : *
sujets : * | thèmes : * | étiquettes : * | thématiques : * | rubriques : *
dans le même dossier : * | iscriviti | iscriviti ora | iscriviti alla * | iscriviti alle *
iscriviti al nostro * | iscriviti al canale * | iscriviti e * | iscriviti gratis *
iscriviti per * | iscriviti qui * | ricevi ogni * | ricevi le * | ricevi gratis * | ricevi la *
ricevi gli * | ricevi tutte * | * nella tua casella * | * nella tua mail * | * nella tua email *
la tua email | la tua e-mail | il tuo indirizzo * | inserisci la tua * | inserisci il tuo *
* nostra newsletter * | * nostre newsletter * | la nostra newsletter * | iscrivendoti *
puoi disiscriverti * | puoi cancellarti * | puoi annullare * | per continuare a leggere *
per leggere tutto * | per leggere l'articolo * | contenuto riservato * | articolo riservato *
questo articolo è riservato * | riservato agli abbonati | questo contenuto è riservato *
contenuto per gli abbonati | sei già abbonato * | sei già abbonata * | sei già registrato *
hai già un abbonamento * | hai già un account * | sei abbonato * | non sei abbonato *
utilizziamo i cookie * | usiamo i cookie * | noi e i nostri partner * | noi e terze parti *
la tua privacy * | rispettiamo la tua privacy * | attiva javascript * | scarica la nostra *
scarica l'app * | scarica app * | scarica la app * | scarica gratis * | seguici | seguici su *
seguici anche * | seguici sui * | segui il nostro * | segui la nostra pagina * | seguici: *
unisciti a * | unisciti al * | entra nel nostro * | segui tutti gli aggiornamenti *
resta aggiornato * | rimani aggiornato * | sostieni il nostro * | sostieni un * | sostienici *
dona ora | fai una donazione * | ti è piaciuto * | ti è stato utile * | segnala un errore *
segnala errore | hai trovato un errore * | # commenti | # commento | commenti (# | commento (#
lascia un commento * | scrivi un commento * | leggi i commenti * | mostra commenti | vedi commenti
dì la tua * | di' la tua * | partecipa alla discussione * | commenta per primo
accedi per commentare * | devi essere connesso * | tag : * | argomenti: * | argomenti : *
parole chiave: * | temi: * | in questo articolo: * | etichette: * | categorie: * | categoria: *
newsletter abonnieren | jetzt abonnieren | * unseren newsletter * | # kommentare
kommentar schreiben | diskutieren sie mit * | folgen sie uns * | wir verwenden cookies *
bereits abonnent * | jetzt app * | laden sie unsere app * | themen: * | schlagwörter: *
fehler melden | suscríbete a * | suscríbete para * | * nuestra newsletter * | * nuestro boletín *
# comentarios | síguenos * | utilizamos cookies * | descarga nuestra * | ya eres suscriptor *
etiquetas: * | temas: * | deja un comentario * | regístrate para * | assine a * | inscreva-se *
siga-nos * | subscreva * | # comentários | usamos cookies * | já é assinante * | send us your *
votre avis | soyez le premier à commenter * | soyez le premier à réagir *
non sei ancora abbonato * | non perderti … | abbonati a … | abbonati per … | abbonati da …
abbonati e leggi * | abbonati al … | abbonati alla … | abbonati per leggere *
abbonati per continuare * | by signing up you * | by signing up, you * | by subscribing you *
by subscribing, you * | ce site utilise * cookies * | questo sito utilizza * cookie *
questo sito usa * cookie * | este sitio utiliza * cookies * | este site utiliza * cookies *
en vous inscrivant, vous * | baixe o app * | join us on … | stay connected … | keep up to date …
stay up to date … | you've reached your * limit * | you have reached your * limit *
by continuing to use this * | by continuing to use our * | pour lire cet article … | follow us: …
get in touch | find us on …
"""

#: The foot of a page; in the middle of an article each could be a subhead.
FOOTER = """
tags | about us | about the author | about the writer | contact us | contact | contacts
advertise with us | advertise | policies and standards | privacy policy | privacy notice | privacy
cookie policy | cookies | terms of use | terms of service | terms and conditions
terms & conditions | terms | accessibility | sitemap | site map | help | faq | careers
jobs with us | your privacy rights | do not sell my personal information
do not sell or share my personal information | imprint | editorial guidelines
editorial standards | our standards: * | code of ethics | ethics policy | complaints | work for us
manage consent | ad choices | adchoices | rss | feedback | corrections policy | press office
modern slavery statement | syndication | licensing | buy reprints | e-edition | obituaries
classifieds | premium | subscribers only | subscriber only | comments | newsletter | newsletters
donate | unsubscribe | mentions légales | cgu | cgv | cgu/cgv | gestion des cookies | commentaires
mots-clés | mots clés | inscription | politique de confidentialité | conditions générales *
conditions d'utilisation | nous contacter | qui sommes-nous | plan du site | données personnelles
charte | charte éditoriale | charte de déontologie | publicités | régie publicitaire
contactez-nous * | foire aux questions | aide | politique de cookies | vie privée
préférences cookies | chi siamo | contatti | contattaci | cookie | note legali
informativa privacy | informativa sulla privacy | commenti | abbonamenti | termini e condizioni
condizioni d'uso | condizioni di utilizzo | preferenze privacy | la redazione | lavora con noi
gerenza | mappa del sito | privacy e cookie | dati societari | aiuto | codice etico
dichiarazione di accessibilità | dona | kommentare | impressum | datenschutz | agb | comentarios
aviso legal | política de privacidad | política de cookies | quiénes somos | contacto
comentários | política de privacidade | termos de uso | fale conosco
"""

#: Heads of lists of other stories, or of topics.
LISTS = """
in this story | sur ce sujet | su questo argomento | on this story | all stories by … | more by …
more stories by … | more stories from … | toute l'actu … | tutte le notizie su …
tutte le notizie di … | tous les articles de … | nos derniers articles | les derniers articles
our latest stories | other articles | other headlines | read these next | most watched
most discussed | les plus vues | i più seguiti | les lecteurs ont aussi lu
i lettori hanno letto anche | readers also liked | people also read | what others are reading
what to read now | d'autres actualités | autres actualités | notre sélection | la nostra selezione
scopri anche | découvrez aussi | à explorer | continuez votre lecture | nos abonnés ont aussi lu
ces articles pourraient vous * | les internautes ont aussi lu | on the same topic
on the same subject | gli utenti hanno letto anche | related articles | related stories
related content | related news | related topics | related posts | related links | related story
related coverage | related reading | more related * | recommended for you | recommended stories
recommended reading | recommended articles | recommended by * | most read | most popular
most viewed | most shared | most read in … | most read on … | most popular in … | most commented
popular stories | trending now | trending stories | trending topics | what's trending
top stories today | latest stories | latest headlines | latest articles | latest posts
more stories | more articles | more on this | more on this story | more on this topic
more like this | more to read | more to explore | more headlines | you may also like
you might also like | you may like | you might like | you may be interested in
you might also be interested in | you may have missed | in case you missed it | read next
what to read next | read this next | keep on reading | also in the news | also read | read also
around the web | from around the web | from our partners | from our sponsors | promoted stories
sponsored stories | sponsored links | paid stories | editors' picks | editor's picks
editor's choice | editors' choice | featured stories | featured articles | today's headlines
other stories | explore more on these topics | on this topic | more topics | trending videos
more videos | latest videos | top videos | today's top stories | more world news | à lire aussi
lire aussi | à lire également | lire également | à lire ailleurs | à voir aussi | ne manquez pas
sur le même sujet | sur le même thème | dans la même rubrique | dans la même thématique
dans la même catégorie | articles liés | articles similaires | articles connexes
articles recommandés | nos autres articles | d'autres articles | autres articles | contenus liés
à consulter aussi | les plus lus | les articles les plus lus | articles les plus lus | le plus lu
les plus consultés | les plus partagés | les plus commentés | les plus populaires
dernières actualités | dernières actus | les dernières actualités | dernières nouvelles
les dernières infos | toute l'actualité | l'actualité en direct | recommandé pour vous
nous vous recommandons | vous aimerez aussi | vous pourriez aimer *
cela pourrait vous intéresser * | ça peut vous intéresser * | ces articles peuvent *
vous pourriez être intéressé * | plus d'articles | plus d'actualités | en lien avec cet article
l'essentiel de l'actualité | ailleurs sur le web | contenus sponsorisés | thèmes associés
sujets associés | leggi anche | leggi pure | leggi altro | articoli correlati | articolo correlato
notizie correlate | contenuti correlati | potrebbe interessarti | potrebbe interessarti anche
ti potrebbe interessare | ti potrebbe interessare anche | ti potrebbero interessare
potrebbero interessarti | potrebbero interessarti anche | potrebbe anche interessarti
ti può interessare | i più letti | più letti | le più lette | più lette | gli articoli più letti
le notizie più lette | articoli più letti | i più visti | i più condivisi | i più commentati
ultime notizie | le ultime notizie | ultime news | ultimi articoli | altri articoli
altri articoli di … | altre notizie | altre notizie di … | altre notizie su …
dello stesso argomento | sullo stesso argomento | sullo stesso tema | nella stessa sezione
guarda anche | consigliati per te | consigliato per te | raccomandati per te | scelti per te
scelti dalla redazione | articoli simili | articoli consigliati | temi correlati
argomenti correlati | contenuti sponsorizzati | dai nostri partner | mehr zum thema
lesen sie auch | auch interessant | das könnte sie auch interessieren | meistgelesen
meistgelesene artikel | meist gelesen | neueste artikel | empfohlene artikel | weitere artikel
aktuelle nachrichten | top-themen | lee también | te puede interesar | también te puede interesar
lo más leído | lo más visto | más noticias | noticias relacionadas | artículos relacionados
últimas noticias | más leídas | temas relacionados | te recomendamos | más sobre este tema
leia também | mais lidas | as mais lidas | notícias relacionadas | últimas notícias | veja também
mais notícias | artigos relacionados
"""

#: The same, where the words could also be a subhead: what follows them decides.
DOUBTFUL_LISTS = """
related | recommended | popular | popular now | trending | top stories | top news | latest
latest news | the latest | more news | more from … | more in … | more on … | don't miss | up next
next up | further reading | also in … | see also | elsewhere | from the archive | must read
must reads | our picks | featured | breaking news | headlines | other news | in other news
in this series | topics | explore more | news in brief | the essentials | must watch | à lire
à découvrir | à ne pas manquer | plus lus | top articles | populaires | tendances
dernière minute | à la une | les titres | nos dossiers | pour aller plus loin
pour en savoir plus | recommandations | voir aussi | le fil info | fil info | les sujets | thèmes
da leggere | da non perdere | correlati | più visti | ultim'ora | le ultime | vedi anche
approfondimenti | in primo piano | in evidenza | primo piano | consigliati | dalla redazione
le nostre firme | di tendenza | trend | i temi | argomenti | dal web | dalla rete
le notizie del giorno | il meglio di … | zum thema | themen | más información
"""

#: Links to one other story, whose headline may stand on the same line or on the next.
LINKS = """
read more | read more: * | read more here * | read more about … | read more on …
read more from … | read also: * | also read: * | read next: * | read: * | related: *
related article: * | related story: * | see also: * | also read … | read also … | more: …
don't miss: * | recommended: * | must read: * | you may also like: * | learn more: *
click here to * | click here for * | click here: * | for more … click here | for more on this, …
up next: * | next: … | read the full story * | read the full article * | read the full report *
read the original * | continue reading: * | watch also: * | related video: * | explore: …
go deeper: * | go deeper | more info: * | in pictures: … | gallery: … | podcast: … | opinion: …
lire aussi : * | lire aussi: * | lire aussi > * | lire aussi … | à lire aussi : *
à lire aussi: * | à lire aussi … | lire également : * | lire également … | à lire également *
à lire : * | à lire: * | lire : … | lire notre … | lire l'article … | voir aussi : *
à voir aussi : * | en savoir plus : * | notre dossier : * | relire : * | (re)lire : *
pour aller plus loin : * | sur le même sujet : * | ne manquez pas : * | retrouvez … ici
cliquez ici * | à écouter : … | podcast : … | écouter aussi : * | revoir : … | leggi anche: *
leggi anche : * | leggi anche > * | leggi anche … | leggi pure: * | leggi: … | leggi l'articolo …
leggi tutto: * | leggi altro: * | leggi qui * | vedi anche: * | guarda anche: * | guarda anche …
per approfondire: * | approfondisci: * | approfondimento: * | clicca qui *
potrebbe interessarti: * | ti potrebbe interessare: * | da leggere: * | non perdere: *
correlato: * | articolo correlato: * | ascolta anche: * | lesen sie auch: * | lesen sie auch …
mehr dazu: * | mehr zum thema: * | auch interessant: * | lee también: * | lea también: *
lee también … | te puede interesar: * | más información: * | ver también: * | leia também: *
leia mais: * | veja também: * | saiba mais: *
"""

#: Sections of a newspaper, as its menu and the label above a headline name them.
SECTIONS = """
home | homepage | front page | news | latest | world | uk | us | europe | politics | business
economy | money | markets | finance | tech | technology | science | health | sport | sports
football | soccer | cricket | rugby | tennis | golf | fixtures | tables | results | opinion
comment | analysis | editorial | editorials | letters | columnists | columns | culture | arts
books | music | film | films | tv | tv & radio | radio | stage | theatre | food | recipes | travel
fashion | style | lifestyle | life | family | education | environment | climate | weather | local
local news | transport | crime | courts | property | cars | motoring | jobs | games | crosswords
puzzles | podcasts | podcast | video | videos | photos | pictures | gallery | galleries | magazine
features | long reads | longreads | investigations | investigation | fact check | explainers
explainer | live | elections | entertainment | celebrity | people | society | events | what's on
classifieds | obituaries | community | national | international | region | regional | ideas
history | nature | more | sections | all sections | shop | store | newsletters | newsletter
e-paper | epaper | archive | archives | about | contact | search | subscribe | sign in | log in
menu | exclusive | interview | interviews | review | reviews | breaking | in brief | accueil
à la une | actualité | actualités | actu | actus | infos | monde | france | politique | société
économie | entreprises | bourse | argent | emploi | industrie | technologies | numérique
sciences | santé | planète | environnement | climat | justice | faits divers | faits-divers
police | éducation | livres | cinéma | musique | théâtre | télé | médias | foot | cyclisme
opinions | débats | tribune | tribunes | éditorial | éditos | édito | chroniques | chronique
idées | reportage | reportages | enquête | enquêtes | entretien | analyse | dossier | dossiers
vidéo | vidéos | région | régions | communes | météo | loisirs | sorties | voyage | voyages
cuisine | gastronomie | recettes | goût | mode | famille | immobilier | auto | jeux | mots croisés
nécrologie | avis de décès | annonces | abonnements | le journal | transports | agriculture
histoire | patrimoine | vie locale | home page | prima pagina | notizie | cronaca | cronache
politica | esteri | mondo | italia | europa | economia | finanza | lavoro | imprese | borsa
soldi | tecnologia | scienza | scienze | salute | ambiente | clima | energia | giustizia | scuola
istruzione | cultura | libri | cinema | musica | teatro | arte | spettacoli | spettacolo
televisione | calcio | ciclismo | motori | opinioni | commenti | editoriali | editoriale
rubriche | lettere | inchieste | inchiesta | interviste | intervista | analisi | viaggi | gusto
cucina | ricette | moda | stile | casa | famiglia | società | meteo | foto | fotogallery | giochi
oroscopo | necrologi | annunci | città | regione | locale | territorio | trasporti | porto
eventi | gossip | animali | storia | altro | sezioni | tutte le sezioni | abbonamenti | startseite
nachrichten | politik | wirtschaft | kultur | wissen | gesundheit | gesellschaft | meinung
panorama | wetter | reise | portada | inicio | noticias | política | economía | sociedad
deportes | opinión | ciencia | tecnología | salud | mundo | internacional | início | esportes
desporto | opinião | ciência
"""

#: How a correction or another note of the editors begins.
NOTES = """
correction | corrections and clarifications | clarification | editor's note | editors' note
update: | note to readers | this article was amended | this story has been | this article has been
rectificatif | erratum | précision | note de la rédaction | ndlr | mise à jour : | correzione
rettifica | precisazione | errata corrige | nota della redazione | nota del direttore
anmerkung der redaktion | korrektur | nota de la redacción | fe de erratas | nota da redação
"""
