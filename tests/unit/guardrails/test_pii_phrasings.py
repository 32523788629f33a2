"""How people tell what is personal, in seven languages, and what they say with the same words."""

import re

import pytest

from shared.guardrails.pii import find

PASSWORDS = """
pw: ⟦hunter2⟧
PW ⟦hunter2⟧
my pw is ⟦hunter2⟧
user: ada pass: ⟦hunter2⟧
username ada, password ⟦hunter2⟧
login ada / password ⟦hunter2⟧ does not work
my password's ⟦hunter2⟧
the password I use is ⟦hunter2⟧
the password I chose was ⟦Tr0ub4dor&3⟧
the password for my account is ⟦hunter2⟧
the new password should be ⟦Hunter22⟧
please change my password to ⟦Hunter22!⟧
set the password to ⟦Hunter22⟧ please
⟦hunter2⟧ is my password
use ⟦hunter2⟧ as the password
password -> ⟦hunter2⟧
Password (⟦hunter2⟧)
psw=⟦hunter2⟧
my passcode is ⟦482193⟧
the passcode: ⟦4821⟧
my PIN code's ⟦4821⟧
the pin I use is ⟦4821⟧
PIN - ⟦4821⟧
pin=⟦4821⟧
⟦4821⟧ is my PIN
PW: ⟦Sommer24⟧
mein PW ist ⟦hunter2⟧
Benutzer ada, Passwort ⟦hunter2⟧
das Passwort, das ich benutze, ist ⟦hunter2⟧
mein Passwort heißt ⟦hunter2⟧
mein Passwort war bisher ⟦hunter2⟧
⟦hunter2⟧ ist mein Passwort
setzen Sie mein Passwort bitte auf ⟦Hunter22⟧
mein PIN-Code ist ⟦4821⟧
⟦4821⟧ ist meine PIN
mdp : ⟦hunter2⟧
mon mdp est ⟦hunter2⟧
mon mot de passe c'est ⟦hunter2⟧
mot de passe ⟦hunter2⟧
le mot de passe que j'utilise est ⟦hunter2⟧
⟦hunter2⟧ est mon mot de passe
changez mon mot de passe en ⟦Hunter22⟧
mon code PIN est ⟦4821⟧
mon code PIN est le ⟦4821⟧
mi clave es ⟦hunter2⟧
clave: ⟦hunter2⟧
contraseña ⟦hunter2⟧
la contraseña que uso es ⟦hunter2⟧
⟦hunter2⟧ es mi contraseña
cambie mi contraseña a ⟦Hunter22⟧
mi pin es el ⟦4821⟧
la mia pw è ⟦hunter2⟧
password ⟦hunter2⟧, utente ada
la password che uso è ⟦hunter2⟧
⟦hunter2⟧ è la mia password
il mio pin è ⟦4821⟧
minha senha é ⟦hunter2⟧
senha ⟦hunter2⟧
palavra passe: ⟦hunter2⟧
a senha que uso é ⟦hunter2⟧
⟦hunter2⟧ é a minha senha
o meu pin é o ⟦4821⟧
ww: ⟦hunter2⟧
mijn ww is ⟦hunter2⟧
wachtwoord ⟦hunter2⟧
het wachtwoord dat ik gebruik is ⟦hunter2⟧
⟦hunter2⟧ is mijn wachtwoord
mijn pincode is ⟦4821⟧
"""
CODES = """
the code you sent me is ⟦482913⟧
the code you just texted me was ⟦482 913⟧
the code that you sent by SMS is ⟦482913⟧ but it fails
the code I got is ⟦482913⟧
the code I received by email was ⟦482-913⟧
the code is ⟦482913⟧
my code is ⟦482913⟧
the six-digit code is: ⟦482913⟧
the 6 digit code: ⟦482913⟧
the code from the app is ⟦482913⟧
the code in the text message says ⟦482913⟧
your code was ⟦4829⟧
I got the code ⟦482913⟧
I received code ⟦482913⟧ just now
I entered the code ⟦482913⟧ twice
⟦482913⟧ is the code
⟦482913⟧ is my verification code
⟦G-482913⟧ is your Google verification code
Your Uber code is ⟦4829⟧
my 2FA code ⟦482913⟧
der Code, den Sie mir geschickt haben, ist ⟦482913⟧
der Code ist ⟦482913⟧
mein Code lautet ⟦482913⟧
Ihr Code: ⟦482913⟧
der Code aus der SMS lautet ⟦482913⟧
ich habe den Code ⟦482913⟧ bekommen
⟦482913⟧ ist der Code
TAN ⟦482913⟧
le code que vous m'avez envoyé est ⟦482913⟧
le code reçu est ⟦482913⟧
mon code est le ⟦482913⟧
j'ai reçu le code ⟦482913⟧
code reçu par SMS : ⟦482913⟧
⟦482913⟧ est le code
el código que me enviaron es ⟦482913⟧
el código es ⟦482913⟧
mi código es el ⟦482913⟧
me llegó el código ⟦482913⟧
recibí el código ⟦482913⟧
⟦482913⟧ es el código
il codice che mi avete mandato è ⟦482913⟧
il codice è ⟦482913⟧
il mio codice è ⟦482913⟧
ho ricevuto il codice ⟦482913⟧
⟦482913⟧ è il codice
o código que me enviaram é ⟦482913⟧
o código é ⟦482913⟧
meu código é ⟦482913⟧
recebi o código ⟦482913⟧
⟦482913⟧ é o código
de code die jullie stuurden is ⟦482913⟧
de code is ⟦482913⟧
mijn code is ⟦482913⟧
ik kreeg de code ⟦482913⟧
⟦482913⟧ is de code
"""
LINKS = """
⟦https://user:pass@shop.example.com/orders⟧
it is at ⟦https://ada:s3cret!@example.com:8443/a?b=1⟧ now
⟦ftp://ada:hunter2@files.example.com/in⟧
⟦postgres://app:s3cret!@db.example.com/x⟧
⟦redis://:hunter2@cache.example.com:6379/0⟧
⟦https://example.com/?token=abcdefghijklmnop⟧
⟦https://example.com/?password=hunter2⟧
⟦https://example.com/login?user=ada&pwd=letmein⟧, please
⟦https://example.com/?api_key=abcd1234efgh5678⟧
⟦https://example.com/?apiKey=abcd1234efgh5678&x=1⟧
⟦https://example.com/?accessToken=abcd1234efgh5678⟧
⟦https://example.com/?x-api-key=abcd1234efgh5678⟧
⟦https://example.com/#id_token=abcd1234efgh5678⟧
⟦https://example.com/a;jsessionid=8F2C1D9E0B7A4C36⟧
⟦https://example.com/a?PHPSESSID=8f2c1d9e0b7a4c36⟧
⟦https://acct.blob.core.windows.net/c/a.pdf?sv=2024-05-04&sr=b&sig=Zm9vYmFyYmF6cXV4⟧
⟦https://example.com/?resetToken=8f2c1d9e0b7a4c36⟧
⟦https://example.com/verify?otp=482913⟧
⟦https://example.com/oauth/callback?code=4/0AX4XfWhq1Zr8⟧
⟦https://example.com/reset-password/8f2c1d9e0b7a4c36f0aa⟧ is dead
⟦https://example.com/invite/8f2c1d9e0b7a4c36f0aa⟧
⟦www.example.com/reset?token=8f2c1d9e0b7a4c36⟧
the link shop.example.com is down, ⟦shop.example.com/reset?token=8f2c1d9e0b7a4c36⟧ too
"""
BIRTH_DATES = """
my birthday is ⟦12/03/1987⟧
my birthday's ⟦3 March 1987⟧
I was born ⟦March 3, 1987⟧
born: ⟦3.3.1987⟧
birthdate ⟦1987-03-03⟧
date of birth (⟦03/03/1987⟧)
D.O.B.: ⟦03-03-1987⟧
my dob's ⟦03/03/87⟧
I was born in Leeds on ⟦3 March 1987⟧
⟦03/03/1987⟧ is my date of birth
⟦3 March 1987⟧ is when I was born
mein Geburtsdatum ist ⟦03.03.1987⟧
Geburtstag: ⟦3.3.87⟧
ich wurde am ⟦3. März 1987⟧ geboren
ich bin geboren am ⟦03.03.1987⟧
⟦03.03.1987⟧ ist mein Geburtsdatum
ma date de naissance est le ⟦03/03/1987⟧
je suis née le ⟦3 mars 1987⟧
né en France le ⟦3 mars 1987⟧
mi fecha de nacimiento es el ⟦3 de marzo de 1987⟧
nací el ⟦3/3/1987⟧
mi cumpleaños es el ⟦03/03/1987⟧
la mia data di nascita è il ⟦3 marzo 1987⟧
sono nato a Roma il ⟦03/03/1987⟧
minha data de nascimento é ⟦03/03/1987⟧
nasci em ⟦3 de março de 1987⟧
mijn geboortedatum is ⟦03-03-1987⟧
ik ben geboren op ⟦3 maart 1987⟧
"""
PASSPORTS = """
my passport is ⟦X1234567⟧
passport: ⟦X1234567⟧
the number of my passport is ⟦X1234567⟧
⟦X1234567⟧ is my passport number
passport ID ⟦X1234567⟧
passport # ⟦X1234567⟧
my US passport number is ⟦912803456⟧
meine Passnummer ist ⟦C01X00T47⟧
Reisepassnummer: ⟦C01X00T47⟧
mein Reisepass hat die Nummer ⟦C01X00T47⟧
le numéro de mon passeport est ⟦12AB34567⟧
passeport n° ⟦12AB34567⟧
el número de mi pasaporte es ⟦AAB315686⟧
pasaporte: ⟦AAB315686⟧
il numero del mio passaporto è ⟦YA1234567⟧
passaporto n. ⟦YA1234567⟧
meu passaporte é ⟦CA123456⟧
mijn paspoort is ⟦NX1234567⟧
het nummer van mijn paspoort is ⟦NX1234567⟧
"""
LICENCES = """
my license number is ⟦H12234567⟧
driver license: ⟦H12234567⟧
DL# ⟦H12234567⟧
my driving licence number's ⟦SMITH851010AB1CD⟧
⟦H12234567⟧ is my driver's license
meine Führerscheinnummer ist ⟦B072RRE2I55⟧
mon permis est le ⟦881256100123⟧
numéro de permis : ⟦881256100123⟧
la patente n. ⟦MI1234567X⟧
minha carta de condução: ⟦L-1234567⟧
mijn rijbewijs heeft nummer ⟦5123456789⟧
"""
BANK_ACCOUNTS = """
my account number's ⟦495959392⟧
account no. ⟦495959392⟧
the number of my account is ⟦495959392⟧
bank account number ⟦495959392⟧ please
pay it into account ⟦495959392⟧
⟦495959392⟧ is my account number
meine Kontonummer ist ⟦532013000⟧
Konto ⟦532013000⟧
mein Konto hat die Nummer ⟦532013000⟧
mon numéro de compte est le ⟦8051200447⟧
compte n° ⟦8051200447⟧
mi cuenta es la ⟦8051200447⟧
número de cuenta: ⟦8051200447⟧
il mio numero di conto è ⟦8051200447⟧
meu número de conta é ⟦8051200447⟧
conta ⟦8051200447⟧
mijn rekeningnummer is ⟦8051200447⟧
rekening ⟦8051200447⟧
"""
NATIONAL_IDS = """
my ID number is ⟦880320123⟧
my national ID is ⟦880320123⟧
national insurance number: ⟦AB123456C⟧
my NHS number's ⟦943 476 5919⟧
identity card ⟦880320123⟧
meine Ausweisnummer ist ⟦L01X00T47⟧
Personalausweis: ⟦L01X00T471⟧
Sozialversicherungsnummer ⟦65 170839 J 003⟧
mon numéro de sécurité sociale est le ⟦1 85 05 78 006 084 36⟧
ma carte d'identité : ⟦880692310285⟧
mi DNI es ⟦12345678Z⟧
mi número de DNI: ⟦12345678Z⟧
la mia carta d'identità è ⟦CA00000AA⟧
meu CPF é ⟦529.982.247-25⟧
mijn BSN is ⟦111222333⟧
burgerservicenummer: ⟦111222333⟧
mi NIF es ⟦12345678Z⟧
"""
TAX_IDS = """
my tax number is ⟦98-7654321⟧
tax ID: ⟦98-7654321⟧
our VAT number is ⟦DE136695976⟧
EIN ⟦98-7654321⟧
meine Steuernummer lautet ⟦93815/08152⟧
Steuer-ID: ⟦36574261809⟧
mon numéro fiscal est ⟦3023217600053⟧
n° de TVA ⟦FR40303265045⟧
il mio codice fiscale è ⟦RSSMRA85T10A562S⟧
partita IVA ⟦07643520567⟧
btw-nummer ⟦NL123456789B01⟧
"""
PHONES = """
my number is ⟦212-736-5000⟧
call ⟦(212) 736-5000⟧
ring me on ⟦020 7946 0958⟧
you can reach me under ⟦+49 30 901820⟧
meine Nummer ist ⟦030 901820⟧
ruf mich an: ⟦0151 23456789⟧
Tel. ⟦030/901820⟧
appelez-moi au ⟦06 12 34 56 78⟧
mi número es el ⟦612 34 56 78⟧
llámame al ⟦612345678⟧
il mio numero è ⟦347 123 4567⟧
chiamami al ⟦3471234567⟧
meu número é ⟦912 345 678⟧
ligue para ⟦912345678⟧
mijn nummer is ⟦06 12345678⟧
bel me op ⟦0612345678⟧
mon numéro est le ⟦01 42 68 53 00⟧
"""
PERSONS = """
my name's ⟦Ada Lovelace⟧
the name is ⟦Ada Lovelace⟧
it's ⟦Ada Lovelace⟧ again
⟦Ada Lovelace⟧ speaking
mein Name ist ⟦Ada Lovelace⟧
ich heiße ⟦Ada Lovelace⟧
hier spricht ⟦Ada Lovelace⟧
je m'appelle ⟦Ada Lovelace⟧
je suis ⟦Ada Lovelace⟧
me llamo ⟦Ada Lovelace⟧
soy ⟦Ada Lovelace⟧
mi chiamo ⟦Ada Lovelace⟧
sono ⟦Ada Lovelace⟧
chamo-me ⟦Ada Lovelace⟧
sou a ⟦Ada Lovelace⟧
ik heet ⟦Ada Lovelace⟧
mijn naam is ⟦Ada Lovelace⟧
"""
ADDRESSES = """
I live at ⟦12 Main Street⟧
my address: ⟦12 Main Street, Springfield⟧
send it to ⟦12 Main Street, Springfield⟧
ich wohne in der ⟦Hauptstraße 12⟧
meine Adresse ist ⟦Hauptstraße 12, 10115 Berlin⟧
j'habite au ⟦12 rue de la Paix⟧
mon adresse est le ⟦12 rue de la Paix, 75002 Paris⟧
vivo en la ⟦Calle Mayor 5⟧
mi dirección es ⟦Calle Mayor 5, 28013 Madrid⟧
abito in ⟦Via Roma 10⟧
il mio indirizzo è ⟦Via Roma 10, 00184 Roma⟧
moro na ⟦Rua Augusta 100⟧
minha morada é ⟦Rua Augusta 100⟧
ik woon op de ⟦Hoofdstraat 12⟧
mijn adres is ⟦Hoofdstraat 12, 1012 AB Amsterdam⟧
"""
HARMLESS = """
pw
the password reset link
password manager 1Password is great
password must have 8 characters
passwords need 12 characters, mine has 14
the password is 8 characters long
my password is too short
change my password to something else
change my password to a new one please
set my password to expire in 90 days
is this my password
I use a password manager
use it as the password
this is my password problem
do you pass 2024 audits
my iPhone15 is password protected
Google2 is my password manager
boarding pass A12
a pass for 2 days
season pass 2024
the pass: 20 euros
in the class of pw2
the ww2 museum
wonder woman WW 1984
my password for order 12345 does not work
the pin on the map is wrong
a 4 pin connector
5 pin DIN 41524
mein Passwort funktioniert nicht
Passwort zurücksetzen
das Passwort muss 8 Zeichen haben
ändern Sie bitte mein Passwort
mot de passe oublié
mon mot de passe ne marche pas
changez mon mot de passe en urgence
la clave es la paciencia
una palabra clave 2024
contraseña olvidada
la password non funziona
a senha não funciona
esqueci a senha
het wachtwoord werkt niet
wachtwoord vergeten
the code you sent me does not work
the code you sent me is not 6 digits
the code is wrong
the code is on the box
the code is 20% off
the code gives 1000 points
promo code SAVE20
the promo code you sent me is 482913
my discount code is 202420
the error code is 482913
it shows error code 50321
the zip code is 90210
my postal code is 10115
the country code is 0049
the product code is 482913
the code on the parcel is 482913
the bar code is 40063813
the code of conduct has 2024 words
code 482913 is the order
dress code is 2024 chic
my reservation code was 482913
the code is 2024-ready
the code you sent for the 2024 sale is not valid
the code for the discount is 202420
I got the code at 12:30
I entered the code 3 times
I received code and 2000 points
the code expired after 15 minutes
the code was sent 2024-05-04
the code was sent at 1230 or so
der Code funktioniert nicht
der Rabattcode ist 202420
der Fehlercode ist 482913
der Code für den Rabatt ist 202420
le code promo est ETE2024
le code promo que vous m'avez envoyé est 202420
mon code postal est 75001
mon code postal est le 75001
le code ne marche pas
el código postal es 28013
mi código postal es el 28013
el código de descuento es 202420
el código no funciona
il codice postale è 20121
il codice sconto è 202420
il codice non funziona
o código postal é 4000123
o código de desconto é 202420
o código não funciona
mijn postcode is 1234 AB
de kortingscode is 202420
de code werkt niet
https://example.com/?page=2&key=price
https://example.com/?code=SUMMER2024
https://example.com/p?code=SAVE20
https://example.com/?code=75001
https://example.com/forgot?action=password
https://example.com/help?topic=token-expired
https://example.com/?monkey=capuchin2024
https://example.com/?passenger=adult2024
https://example.com/reset-password/how-to-choose-a-new-one
https://example.com/verify/your-account
https://example.com:8080/a@b
https://example.com/?author=lovelace1842
my birthday is in March
I was born in 1987
the number of my order is 12345678
my account is 3 years old
permis de construire 12345678
mon numéro de commande est 12345678
mon numéro de client est 12345678
mi número de pedido es 12345678
mi número es 42
meine Nummer ist 7
meine Kundennummer ist 12345678
meine Bestellnummer lautet 12345678
il mio numero d'ordine è 12345678
meu número de pedido é 12345678
mijn ordernummer is 12345678
mijn nummer is weg
passport photos 35x45
10.05.2024 ist mein Liefertermin
10.05.2024 ist der Geburtstag meiner Lampe
bel me op na 17.00 uur
bel me op 12-11-2025
llámame a las 12 30
ruf mich an um 12 30 Uhr
transfer 500 from account to card
I logged into account in 2024
it is from account 2
the payment from account holder 12 is late
call me at 12:30 on 11/12/2025
the birthday card of 12/05/2025
a birthday present for 12.05.2025 please
born in the USA in 1984
né en 1980
nato a Roma
je suis né à Paris
es ist 12345678
de 12345678 producten
el pedido es 12345678
es 12345678 la referencia
at 12345678 points
it 07643520567 items
se 556677889901 kommer
the patent has 12345678 views
my licence has 10 users
passport has 32 pages
Reisepass hat 32 Seiten
the account has 1000000 points
compte has 20
tax has 19 percent of 120000
konto hat 100000 Euro
contact account 12345678 manager
send it to my account on 2024-05-12
from account 12 to 15
il 12 maggio ho ordinato
il mio indirizzo è sbagliato
l'adresse est le problème
mon adresse est la même
"""


TOLD = {
    "PASSWORD": PASSWORDS,
    "ONE_TIME_CODE": CODES,
    "URL_WITH_SECRET": LINKS,
    "BIRTH_DATE": BIRTH_DATES,
    "PASSPORT": PASSPORTS,
    "LICENCE": LICENCES,
    "BANK_ACCOUNT": BANK_ACCOUNTS,
    "NATIONAL_ID": NATIONAL_IDS,
    "TAX_ID": TAX_IDS,
    "PHONE": PHONES,
    "PERSON": PERSONS,
    "ADDRESS": ADDRESSES,
}


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize(
    ("kind", "marked"),
    [(kind, line) for kind, texts in TOLD.items() for line in _lines(texts)],
)
def test_what_is_told_is_masked_whole_as_what_it_is(kind: str, marked: str):
    text = re.sub("[⟦⟧]", "", marked)
    for said in (text, f"Hello, {text}", f"{text}\nThanks!"):
        found = [(span.kind, said[span.start : span.end]) for span in find(said)]
        assert found == [(kind, re.findall("⟦(.*)⟧", marked)[0])]


@pytest.mark.parametrize("text", _lines(HARMLESS))
def test_the_same_words_with_nothing_to_hide_are_left(text: str):
    assert find(text) == []
    assert find(f"Hello, {text}") == []
